namespace Husai.Explorer.Tables;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Link">Where it leads to, or null.</param>
/// <param name="Number">What it is sorted by; null for its text.</param>
public sealed record TableCell(string Text, string? Link = null, double? Number = null);
