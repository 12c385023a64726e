namespace Husai.Reporting.Drawing;

/// <summary>A scale with its label.</summary>
/// <param name="Label">What it shows, with its unit.</param>
/// <param name="Scale">The scale.</param>
internal sealed record Axis(string Label, Scale Scale);
