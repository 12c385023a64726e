using System.Text.Json.Serialization;
using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Stability;

/// <summary>How far a set of dictionaries from several seeds agrees, compared with chance, and what that means.</summary>
public sealed record SeedStability
{
    private const int SmallestWidthForThreshold = 16;

    /// <summary>The options; their similarity's name says what every number is.</summary>
    public required SimilarityOptions Options { get; init; }

    /// <summary>The dictionaries, in the order of the matrix.</summary>
    public required IReadOnlyList<string> Saes { get; init; }

    /// <summary>Width of the activations.</summary>
    public required int Width { get; init; }

    /// <summary>Latents of each SAE.</summary>
    public required IReadOnlyList<int> Latents { get; init; }

    /// <summary>Latents of each that take part.</summary>
    public required IReadOnlyList<int> Alive { get; init; }

    /// <summary>Latents of each left out as dead.</summary>
    public required IReadOnlyList<int> Dead { get; init; }

    /// <summary>Other latents of each left out because their rows are zero.</summary>
    public required IReadOnlyList<int> ZeroRows { get; init; }

    /// <summary>The similarity that the verdict reads, with its levels.</summary>
    public required SeedSimilarity Main { get; init; }

    /// <summary>Similarity of every two, 1 on the diagonal.</summary>
    public double[][] Matrix => Main.Matrix;

    /// <summary>Mean over the pairs.</summary>
    public double Mean => Main.Mean;

    /// <summary>How the pairs lie about their mean.</summary>
    public PairSpread Pairs => PairSpread.Of(Matrix);

    /// <summary>Jackknife interval over seeds; without ends for two dictionaries.</summary>
    public Interval Interval => Main.Interval;

    /// <summary>Kappa against the same shape; null where seeds share their start, or chance leaves no room.</summary>
    public Kappa? Kappa => Main.Kappa;

    /// <summary>Kappa against turning; null as <see cref="Kappa"/>, or where that level was not measured.</summary>
    public Kappa? KappaTurned => Main.KappaTurned;

    /// <summary>For two dictionaries: how often a random set of the same shape scores at least as high; null else.</summary>
    public double? P => Main.P;

    /// <summary>Whether <see cref="P"/> is that of a normal distribution with the spread of a few random sets.</summary>
    public bool PIsApproximate => Main.PIsApproximate;

    /// <summary>
    /// Mean cosine of the live decoder rows to their initialisation, over the dictionaries; null where that is not known of all.
    /// </summary>
    public double? CosineToStart { get; init; }

    /// <summary>What the similarity comes to without agreement.</summary>
    public ChanceLevels Levels => Main.Levels;

    /// <summary>The answer in words; null for two dictionaries, or where chance leaves no room.</summary>
    [JsonIgnore]
    public Verdict? Verdict => Main.Verdict;

    /// <summary>Number of the verdict's sentence, 1 to 5, or null.</summary>
    [JsonPropertyName("verdict")]
    public int? VerdictNumber => Main.VerdictNumber;

    /// <summary>The verdict's sentence, or null.</summary>
    public string? Sentence => Main.Sentence;

    /// <summary>What must be known with it.</summary>
    public IReadOnlyList<string> Additions => Main.Additions;

    /// <summary>Pairs whose trainings began at the same weights.</summary>
    public required IReadOnlyList<SharedStart> SharedStarts { get; init; }

    /// <summary>Further similarities that were asked for, in their order.</summary>
    public required IReadOnlyList<SeedSimilarity> Further { get; init; }

    /// <summary>
    /// Shared fractions over thresholds; empty where not asked for, or a dictionary is too large for one-to-one matching.
    /// </summary>
    public required IReadOnlyList<SharedFraction> Shared { get; init; }

    /// <summary>Overlap of the main subspaces; empty where not asked for, or above a width of 512.</summary>
    public required IReadOnlyList<SubspaceAgreement> Subspaces { get; init; }

    /// <summary>Overlap of the subspaces that unstable latents span; null when some dictionary has none, or not asked for.</summary>
    public required SubspaceAgreement? UnstableSubspace { get; init; }

    /// <summary>
    /// Effective rank of the activations, or of the decoder rows when there are none; null where not asked for, or above a width of 512.
    /// </summary>
    public required double? EffectiveRank { get; init; }

    /// <summary>Share of latents found again in at least 95% of the other dictionaries.</summary>
    public required double StableShare { get; init; }

    /// <summary>Share of latents found again in at most 5% of the other dictionaries.</summary>
    public required double UnstableShare { get; init; }

    /// <summary>Stability of every live latent; empty where not asked for.</summary>
    public required IReadOnlyList<LatentStability> PerLatent { get; init; }

    /// <summary>Distributions of best-match cosines; null where not asked for.</summary>
    public required BestMatchHistogram? BestMatches { get; init; }

    /// <summary>Which properties of latents go with their stability; null without a model.</summary>
    public IReadOnlyList<StabilityCorrelation>? Predictors { get; init; }

    /// <summary>Agreement of the latents' activations; null without a model.</summary>
    public ActivationAgreement? ActivationSimilarity { get; init; }

    /// <summary>What the reader must know to read the numbers.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>
    /// Kappa without each seed, in their order, against the level of all, which hardly depends on one; empty without a kappa or with fewer
    /// than three seeds.
    /// </summary>
    public IReadOnlyList<double> KappaWithoutEach() => Kappa is null || Matrix.Length < 3
        ? []
        : [.. Matrix.Select((_, seed) => Levels.SameShape.Kappa(PairMean.Of(Matrix, seed)))];

    /// <summary>Measures a set: what is asked for, each pair's products once.</summary>
    /// <param name="dictionaries">At least two, of one width; they may differ in the number of latents.</param>
    /// <param name="options">What is measured, and how.</param>
    /// <param name="activations">Covariance of the activations that they describe, in whose principal directions they are turned; without
    /// it signs along the other seeds' axes are, from three seeds on.</param>
    /// <param name="atSite">What the latents do, for the same dictionaries in the same order; null when there is no model.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far each stage has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentException">Fewer than two dictionaries, different widths, or no live latents.</exception>
    public static SeedStability Of(
        IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions? options = null, Covariance? activations = null,
        LatentActivity? atSite = null, Workers? workers = null,
        Action<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        options ??= new StabilityOptions();
        DictionarySet.Require(dictionaries, 2, activations);
        return new StabilityMeasurement(dictionaries, options, activations, new StudyRunner(workers, progress, cancellation))
            .Measure(atSite);
    }

    internal static IReadOnlyList<string> WarningsOf(IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions options)
    {
        var warnings = new List<string>();
        if (dictionaries[0].Width < SmallestWidthForThreshold)
        {
            warnings.Add(
                $"in {dictionaries[0].Width} dimensions random directions pass a threshold of 0.7 often: shared fractions and stability "
                    + $"probabilities mean little");
        }

        if (dictionaries.Count < 3)
        {
            warnings.Add("two dictionaries give one pair: no interval over seeds is possible");
        }

        if (!options.Similarity.IncludeDead && dictionaries.Any(dictionary => dictionary.FiringFrequencies is null))
        {
            warnings.Add(
                "no firing frequencies for "
                    + string.Join(
                        ", ", dictionaries.Where(dictionary => dictionary.FiringFrequencies is null).Select(dictionary => dictionary.Name))
                    + ": every latent counts as alive (no sparsity.safetensors; --activations FILE measures them)");
        }

        if (options.AllSimilarities.Any(similarity => similarity.Weights == MatchedWeights.Both))
        {
            warnings.Add("the chance level of encoder and decoder together has not been calibrated on dictionaries that share nothing");
        }

        return warnings;
    }
}
