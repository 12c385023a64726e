using Husai.Analysis.Comparison;
using Husai.Analysis.Stability;

namespace Husai.Experiments.Studies.Results;

/// <summary>The similarity of all SAEs of a site to each other, and the tests on it.</summary>
/// <param name="Name">The similarity in full.</param>
/// <param name="Configurations">Configuration of each row.</param>
/// <param name="Seeds">Seed of each row.</param>
/// <param name="Matrix">Each against each; the diagonal is 1.</param>
/// <param name="KappaMatrix">Kappa of each against each; null where two share their start, or chance leaves no room.</param>
/// <param name="SharedStarts">Pairs whose trainings began at the same weights, by row.</param>
/// <param name="Tests">Configurations against each other.</param>
internal sealed record ComparisonResult(
    string Name, IReadOnlyList<string> Configurations, IReadOnlyList<long> Seeds, IReadOnlyList<IReadOnlyList<double>> Matrix,
    IReadOnlyList<IReadOnlyList<double?>> KappaMatrix, IReadOnlyList<SharedStart> SharedStarts, IReadOnlyList<PlannedComparison> Tests)
{
    internal const string FileName = "result.json";
}
