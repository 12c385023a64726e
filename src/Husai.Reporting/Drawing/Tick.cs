namespace Husai.Reporting.Drawing;

/// <summary>A tick of an axis.</summary>
/// <param name="Value">Where it stands.</param>
/// <param name="Label">Its label; empty for a minor tick.</param>
internal sealed record Tick(double Value, string Label);
