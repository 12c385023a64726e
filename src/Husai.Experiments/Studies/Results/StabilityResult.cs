using Husai.Analysis;

namespace Husai.Experiments.Studies;

/// <summary>How far the seeds of a configuration agree.</summary>
public sealed record StabilityResult
{
    internal const string FileName = "result.json";

    /// <summary>The seeds, in the order of all that follows.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>Latents of each seed that took part.</summary>
    public required IReadOnlyList<int> Alive { get; init; }

    /// <summary>The similarity that the verdict reads first, then the others; empty with fewer than two seeds.</summary>
    public required IReadOnlyList<SimilarityResult> Similarities { get; init; }

    /// <summary>Edges of the bins of best-match cosines, ascending.</summary>
    public required IReadOnlyList<double> BinEdges { get; init; }

    /// <summary>Share of the latents whose best-match cosine lies in each bin, over all pairs.</summary>
    public required IReadOnlyList<double> BestMatches { get; init; }

    /// <summary>The same for isotropic directions.</summary>
    public required IReadOnlyList<double> IsotropicMatches { get; init; }

    /// <summary>The same for directions with the covariance of the activations.</summary>
    public required IReadOnlyList<double> CovarianceMatches { get; init; }

    /// <summary>Overlap of the leading decoder directions, for each number of them.</summary>
    public required IReadOnlyList<SubspaceResult> Subspaces { get; init; }

    /// <summary>For each seed its latents that took part.</summary>
    public required IReadOnlyList<IReadOnlyList<LatentStability>> Latents { get; init; }
}

/// <summary>How far the leading directions of the seeds' decoders span the same subspace.</summary>
/// <param name="Rank">Number of directions.</param>
/// <param name="Value">Mean squared principal cosine, with the interval over seeds.</param>
/// <param name="Chance">Level of random subspaces: rank over width.</param>
public sealed record SubspaceResult(int Rank, Interval Value, double Chance);

/// <summary>One latent against those of the other seeds.</summary>
/// <param name="Latent">Its index.</param>
/// <param name="Stability">Mean of its best-match cosines in the other seeds.</param>
/// <param name="Partners">Its best match in each seed; -1 in its own.</param>
/// <param name="Cosines">The cosine to each of them; 1 in its own.</param>
public sealed record LatentStability(int Latent, double Stability, IReadOnlyList<int> Partners, IReadOnlyList<double> Cosines);
