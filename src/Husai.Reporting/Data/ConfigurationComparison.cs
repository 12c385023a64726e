using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A test of one configuration against another, over seeds.</summary>
/// <param name="First">Name of the first configuration.</param>
/// <param name="Second">Name of the second.</param>
/// <param name="Measure">What is compared, such as <c>stability</c>.</param>
/// <param name="Difference">First minus second.</param>
/// <param name="HedgesG">Effect size over seeds, or null.</param>
/// <param name="Test">Permutation of the condition labels over seeds.</param>
/// <param name="AdjustedP">Two-sided p after correction for several contrasts, or null.</param>
public sealed record ConfigurationComparison(
    string First, string Second, string Measure, double Difference, double? HedgesG, TestResult Test, double? AdjustedP = null);
