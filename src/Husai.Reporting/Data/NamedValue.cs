namespace Husai.Reporting.Data;

/// <summary>A line of a list of facts.</summary>
/// <param name="Name">What it is, such as <c>processor</c>.</param>
/// <param name="Value">Its value, in words.</param>
public sealed record NamedValue(string Name, string Value);
