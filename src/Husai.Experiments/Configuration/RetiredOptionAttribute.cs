namespace Husai.Experiments.Configuration;

/// <summary>
/// Marks an option that there is no longer: what it is checked against says so. Files that give its default are still read, and keys of
/// jobs have it, so that folders of finished studies stand; nothing else mentions it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RetiredOptionAttribute : Attribute;
