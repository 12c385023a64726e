using Husai.Analysis.Functional;

namespace Husai.Experiments.Studies.Results;

/// <summary>Whether matched latents of a configuration's seeds do the same.</summary>
/// <param name="Seeds">The seeds, in the order of all that follows.</param>
/// <param name="Agreement">The measurement, as <c>husai agreement</c> makes it; null with fewer than two seeds.</param>
internal sealed record FunctionResult(IReadOnlyList<long> Seeds, FunctionalAgreement? Agreement)
{
    internal const string FileName = "result.json";
}
