namespace Husai.Analysis.Chance;

/// <summary>Neighbouring principal axes of nearly equal variance.</summary>
/// <param name="Start">Number of the first axis.</param>
/// <param name="Count">Number of axes.</param>
internal readonly record struct AxisBand(int Start, int Count);
