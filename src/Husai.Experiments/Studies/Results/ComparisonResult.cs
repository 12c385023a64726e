using Husai.Analysis;

namespace Husai.Experiments.Studies;

/// <summary>The similarity of all autoencoders of a site to each other, and the tests on it.</summary>
/// <param name="Name">The similarity in full.</param>
/// <param name="Configurations">Configuration of each row.</param>
/// <param name="Seeds">Seed of each row.</param>
/// <param name="Matrix">Each against each; the diagonal is 1.</param>
/// <param name="KappaMatrix">Kappa of each against each; null where two share their start, or chance leaves no room.</param>
/// <param name="SharedStarts">Pairs whose trainings began at the same weights, by row.</param>
/// <param name="Tests">Configurations against each other.</param>
public sealed record ComparisonResult(
    string Name, IReadOnlyList<string> Configurations, IReadOnlyList<long> Seeds, IReadOnlyList<IReadOnlyList<double>> Matrix,
    IReadOnlyList<IReadOnlyList<double?>> KappaMatrix, IReadOnlyList<SharedStart> SharedStarts, IReadOnlyList<StabilityTest> Tests)
{
    internal const string FileName = "result.json";
}

/// <summary>Is one configuration more stable than another?</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
/// <param name="Difference">Kappa of the first minus that of the second, with interval and p; null where one has none.</param>
/// <param name="Test">Permutation of the labels over seeds, on the kappa of every pair; null where it cannot be made.</param>
/// <param name="AdjustedP">Two-sided p after Holm's correction over the tests of the site; null without a test.</param>
/// <param name="Between">Mean similarity of seeds of different configurations that do not share their start; null without any.</param>
/// <param name="AsPublished">The original project's tests, which take the pairs of seeds for independent observations: their p is too small.</param>
public sealed record StabilityTest(
    string First, string Second, KappaDifference? Difference, TestResult? Test, double? AdjustedP, double? Between, PairTests AsPublished);
