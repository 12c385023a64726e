using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;

namespace Husai.Analysis.Stability;

/// <summary>How the stability of a set of dictionaries is measured.</summary>
public sealed record StabilityOptions
{
    /// <summary>The similarity of two dictionaries.</summary>
    [Description("The similarity of two dictionaries.")]
    public SimilarityOptions Similarity { get; init; } = new();

    /// <summary>Further similarities, each with its own levels and verdict. Default: none.</summary>
    [Description("Further similarities, each with its own levels and verdict.")]
    public IReadOnlyList<SimilarityOptions> FurtherSimilarities { get; init; } = [];

    /// <summary>What is measured besides the similarities. Default: everything.</summary>
    [Description("What is measured besides the similarities.")]
    public StabilityParts Parts { get; init; } = StabilityParts.All;

    /// <summary>Signed decoder cosine from which a latent counts as found again in another seed. Default: 0.7.</summary>
    [Description("Signed decoder cosine from which a latent counts as found again in another seed.")]
    [Range(-1.0, 1.0)]
    public double FoundCosine { get; init; } = 0.7;

    /// <summary>Thresholds of the shared fractions. Default: 0.5 to 0.9.</summary>
    [Description("Thresholds of the shared fractions.")]
    public IReadOnlyList<double> SharedThresholds { get; init; } = [0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Dimensions of the compared main subspaces; those below the width are used. Default: 8 to 128.</summary>
    [Description("Dimensions of the compared main subspaces.")]
    public IReadOnlyList<int> SubspaceDimensions { get; init; } = [2, 4, 8, 16, 32, 64, 128];

    /// <summary>Confidence of the intervals. Default: 0.95.</summary>
    [Description("Confidence of the intervals.")]
    [Range(0.5, 0.999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Random sets behind each Monte Carlo chance level; by the number of latents when null, which is the default.</summary>
    [Description("Random sets behind each Monte Carlo chance level; by the number of latents without a number.")]
    [Range(2, 10_000)]
    public int? ChanceDraws { get; init; }

    /// <summary>Seed of the chance levels. Default: 0.</summary>
    [Description("Seed of the chance levels.")]
    public ulong ChanceSeed { get; init; }

    /// <summary>
    /// Whether encoder rows are read for dictionaries of this many latents: by a similarity, or by the strict shared fraction.
    /// </summary>
    public bool ReadsEncoders(int latents) =>
        AllSimilarities.Any(similarity => similarity.Weights != MatchedWeights.Decoder)
        || (Parts.HasFlag(StabilityParts.SharedFractions) && latents <= HungarianMatcher.LargestMatrixSide);

    /// <summary>The similarity that the verdict reads, then the others.</summary>
    internal IReadOnlyList<SimilarityOptions> AllSimilarities => [Similarity, .. FurtherSimilarities];
}
