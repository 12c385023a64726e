using Husai.Analysis.Stability;

namespace Husai.Experiments.Studies.Results;

/// <summary>How far the seeds of a configuration agree.</summary>
/// <param name="Seeds">The seeds, in the order of all that follows.</param>
/// <param name="Agreement">The measurement, as <c>husai stability</c> makes it; null with fewer than two seeds.</param>
internal sealed record StabilityResult(IReadOnlyList<long> Seeds, SeedStability? Agreement)
{
    internal const string FileName = "result.json";
}
