namespace Husai.Testing.Tiers;

/// <summary>
/// Marks a static method without parameters that returns a string, such as a hash of results, which must be the same in child processes
/// of every lower instruction tier (<see cref="TierProcess"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SameOnEveryTierAttribute : Attribute;
