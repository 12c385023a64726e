namespace Husai.Analysis.Statistics;

/// <summary>Outcome of a randomisation test.</summary>
/// <param name="Statistic">The observed statistic.</param>
/// <param name="PGreater">One-sided p: how often a relabelling gives at least this.</param>
/// <param name="PTwoSided">Two-sided p: how often its size is at least this.</param>
/// <param name="SmallestPGreater">The smallest one-sided p that this many seeds can give.</param>
/// <param name="SmallestPTwoSided">The smallest two-sided p that this many seeds can give.</param>
/// <param name="Relabellings">Relabellings looked at.</param>
/// <param name="Exact">Whether those were all of them.</param>
public sealed record TestResult(
    double Statistic, double PGreater, double PTwoSided, double SmallestPGreater, double SmallestPTwoSided, long Relabellings, bool Exact);
