using Husai.Analysis.Stability;
using Husai.Autoencoders.Metrics;

namespace PublishedTables.Measures;

/// <summary>The original project's measures on one configuration.</summary>
/// <param name="Scores">The measures.</param>
/// <param name="PwmccToReferenceAsPublished">For each seed the similarity to the SAE that rows are pinned to; null without pins.</param>
/// <param name="Unpinned">Agreement of the latents that are alive and not pinned; null without pins, or where none is left.</param>
/// <param name="Reconstructions">For each seed, on all rows.</param>
internal sealed record AsPublishedConfiguration(
    AsPublishedScores Scores, IReadOnlyList<double>? PwmccToReferenceAsPublished,
    SeedSimilarity? Unpinned, IReadOnlyList<ReconstructionAsPublished> Reconstructions);

/// <summary>How an SAE reconstructs all rows, those that it was trained on among them.</summary>
/// <param name="ExplainedVariance">The standard explained variance.</param>
/// <param name="ExplainedVariancePerCoordinate">Mean over coordinates (<see cref="CoordinateExplainedVariance"/>).</param>
/// <param name="L0">Mean number of active latents.</param>
/// <param name="Mse">Mean squared error per coordinate.</param>
internal sealed record ReconstructionAsPublished(
    double ExplainedVariance, double ExplainedVariancePerCoordinate, double L0, double Mse);
