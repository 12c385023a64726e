using Husai.Analysis.Comparison;

namespace Husai.Reporting.Data;

/// <summary>A comparison of two configurations, as the report shows it.</summary>
/// <param name="Sample">What its sample are: <c>seeds</c> or <c>transformers</c>.</param>
/// <param name="Test">The comparison.</param>
public sealed record ConfigurationComparison(string Sample, PlannedComparison Test);
