namespace Husai.Testing.Tiers;

/// <summary>
/// Marks a test class whose facts and theories also run in child processes with the wider instruction sets switched off
/// (<see cref="TierProcess"/>). The class needs a constructor without parameters and synchronous tests.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsOnEveryTierAttribute : Attribute;
