namespace Husai.Analysis;

/// <summary>How far a set of dictionaries from several seeds agrees, beside chance.</summary>
public sealed record StabilityReport
{
    /// <summary>The options; their similarity's name says what every number below is.</summary>
    public required SimilarityOptions Options { get; init; }

    /// <summary>The dictionaries, in the order of the matrix.</summary>
    public required IReadOnlyList<string> Saes { get; init; }

    /// <summary>Width of the activations.</summary>
    public required int Width { get; init; }

    /// <summary>Latents of each dictionary.</summary>
    public required IReadOnlyList<int> Latents { get; init; }

    /// <summary>Latents of each that take part.</summary>
    public required IReadOnlyList<int> Alive { get; init; }

    /// <summary>Latents of each left out as dead.</summary>
    public required IReadOnlyList<int> Dead { get; init; }

    /// <summary>Other latents of each left out because their rows are zero.</summary>
    public required IReadOnlyList<int> ZeroRows { get; init; }

    /// <summary>Similarity of every two, 1 on the diagonal.</summary>
    public required double[][] Matrix { get; init; }

    /// <summary>Mean over the pairs.</summary>
    public required double Mean { get; init; }

    /// <summary>Jackknife interval over seeds; without ends for two dictionaries.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Chance levels at the numbers of live latents.</summary>
    public required ChanceLevels Chance { get; init; }

    /// <summary>Chance-corrected mean.</summary>
    public required Kappa Kappa { get; init; }

    /// <summary>Whether the interval lies above the stronger chance level; null when there is no interval.</summary>
    public required bool? AboveChance { get; init; }

    /// <summary>Shared fractions over thresholds.</summary>
    public required IReadOnlyList<SharedFraction> Shared { get; init; }

    /// <summary>Overlap of the main subspaces; empty above a width of 512.</summary>
    public required IReadOnlyList<SubspaceAgreement> Subspaces { get; init; }

    /// <summary>Overlap of the subspaces that unstable latents span; null when some dictionary has none.</summary>
    public required SubspaceAgreement? UnstableSubspace { get; init; }

    /// <summary>Effective rank of the activations, or of the decoder rows when there are none; null above a width of 512.</summary>
    public required double? EffectiveRank { get; init; }

    /// <summary>Share of latents found again in at least 95% of the other dictionaries.</summary>
    public required double StableShare { get; init; }

    /// <summary>Share of latents found again in at most 5% of the other dictionaries.</summary>
    public required double UnstableShare { get; init; }

    /// <summary>Stability of every live latent.</summary>
    public required IReadOnlyList<LatentStability> PerLatent { get; init; }

    /// <summary>Which properties of latents go with their stability; null without a model.</summary>
    public IReadOnlyList<StabilityCorrelation>? Predictors { get; init; }

    /// <summary>Agreement of the latents' activations; null without a model.</summary>
    public ActivationAgreement? ActivationSimilarity { get; init; }

    /// <summary>What the reader must know to read the numbers.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
