namespace Husai.Analysis;

/// <summary>Tests that take pairs of seeds for independent observations, as published ones do. Their type I error is several times the nominal one.</summary>
/// <param name="MannWhitney">U test of the pairs within the first set against those within the second.</param>
/// <param name="CohenD">Cohen's d over the same pairs; null when a set has a single pair.</param>
/// <param name="Caution">Why not to rely on them.</param>
public sealed record PairTests(MannWhitney MannWhitney, double? CohenD, string Caution);
