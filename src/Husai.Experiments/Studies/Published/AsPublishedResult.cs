using Husai.Analysis.Published;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Metrics;

namespace Husai.Experiments.Studies.Published;

/// <summary>The original project's measures at one site of one transformer.</summary>
/// <param name="FourierR2AsPublished">Of the embedding, for each number of leading frequencies.</param>
/// <param name="Configurations">Each configuration that has an SAE.</param>
public sealed record AsPublishedResult(
    IReadOnlyList<FourierR2> FourierR2AsPublished, IReadOnlyList<AsPublishedConfiguration> Configurations)
{
    internal const string FileName = "result.json";
}

/// <summary>The original project's measures on one configuration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seeds">Its seeds, in the order of all that follows.</param>
/// <param name="Scores">The measures.</param>
/// <param name="PwmccToReferenceAsPublished">For each seed the similarity to the SAE that rows are pinned to; null without pins.</param>
/// <param name="Unpinned">Agreement of the latents that are alive and not pinned; null without pins, or where none is left.</param>
/// <param name="Reconstructions">For each seed, on all rows; null in results of earlier versions.</param>
public sealed record AsPublishedConfiguration(
    string Name, IReadOnlyList<long> Seeds, AsPublishedScores Scores, IReadOnlyList<double>? PwmccToReferenceAsPublished,
    SeedSimilarity? Unpinned, IReadOnlyList<ReconstructionAsPublished>? Reconstructions = null);

/// <summary>How an SAE reconstructs all rows, those that it was trained on among them.</summary>
/// <param name="ExplainedVariance">The standard explained variance.</param>
/// <param name="ExplainedVariancePerCoordinate">Mean over coordinates (<see cref="CoordinateExplainedVariance"/>).</param>
/// <param name="L0">Mean number of active latents.</param>
/// <param name="Mse">Mean squared error per coordinate.</param>
public sealed record ReconstructionAsPublished(
    double ExplainedVariance, double ExplainedVariancePerCoordinate, double L0, double Mse);
