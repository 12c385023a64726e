using Husai.Analysis;

namespace Husai.Experiments.Studies;

/// <summary>The similarity of all autoencoders of a site to each other, and the tests on it.</summary>
/// <param name="Name">The similarity in full.</param>
/// <param name="Configurations">Configuration of each row.</param>
/// <param name="Seeds">Seed of each row.</param>
/// <param name="Matrix">Each against each; the diagonal is 1.</param>
/// <param name="Tests">Configurations against each other.</param>
public sealed record ComparisonResult(
    string Name, IReadOnlyList<string> Configurations, IReadOnlyList<long> Seeds, IReadOnlyList<IReadOnlyList<double>> Matrix,
    IReadOnlyList<StabilityTest> Tests)
{
    internal const string FileName = "result.json";
}

/// <summary>Is one configuration more stable than another?</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
/// <param name="Test">Permutation of the labels over seeds; the statistic is the difference of the mean similarities.</param>
/// <param name="HedgesG">Effect size over the seeds' mean similarities.</param>
/// <param name="AdjustedP">Two-sided p after Holm's correction over the tests of the site.</param>
/// <param name="AsPublished">The original project's test, which takes the pairs of seeds for independent observations: its p is too small.</param>
public sealed record StabilityTest(
    string First, string Second, TestResult Test, double HedgesG, double AdjustedP, MannWhitney AsPublished);

