using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>Agreement at one step of training.</summary>
/// <param name="Step">The step.</param>
/// <param name="BetweenSeeds">Similarity between seeds at this step, with levels, kappa and verdict at the numbers of latents alive at this
/// step.</param>
/// <param name="ToFinalSelf">Similarity of each dictionary with its own last state: mean and interval over seeds.</param>
public sealed record DynamicsPoint(long Step, SeedSimilarity BetweenSeeds, Interval ToFinalSelf)
{
    /// <summary>Latents of each SAE that take part at this step.</summary>
    public IReadOnlyList<int> Alive { get; init; } = [];

    /// <summary>Agreement with the circuit; null without one, or when its site has no planes.</summary>
    public CircuitAgreement? Circuit { get; init; }
}
