using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Autoencoders.Options;
using Husai.Experiments.Studies.Configuration;

namespace Husai.Experiments.Studies.Results;

/// <summary>
/// What a study has found on SAEs that differ only in their seed: at one site of one transformer, or over several transformers
/// that differ only in theirs.
/// </summary>
public sealed record ConfigurationResults
{
    /// <summary>Its name, such as <c>topk_8x_k32</c>; with site and transformer where a report has several of these.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the configuration that this is a baseline of, as it is trained but for a frozen part; null for others.</summary>
    public string? BaselineOf { get; init; }

    /// <summary>What stays at its start.</summary>
    public FrozenPart Freeze { get; init; }

    /// <summary>The architecture, such as <c>topk</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Name of the study.</summary>
    public string Study { get; init; } = "";

    /// <summary>Name of the transformer with its seed; empty over several.</summary>
    public string Transformer { get; init; } = "";

    /// <summary>What transformers that differ in their seed alone have in common: their name without it.</summary>
    public string Family { get; init; } = "";

    /// <summary>What kind of control the transformers are; null for trained ones.</summary>
    public StudyControl? Control { get; init; }

    /// <summary>Name of the configuration on the trained transformers, of which this one on controls is the counterpart.</summary>
    public string? ControlOf { get; init; }

    /// <summary>What is known to compare with.</summary>
    public KnownTruth Known { get; init; } = KnownTruth.Circuit;

    /// <summary>Whether the transformer's label stands in its input.</summary>
    public bool IsLeaked { get; init; }

    /// <summary>Layer and site, such as <c>L0.resid_post</c>.</summary>
    public string Site { get; init; } = "";

    /// <summary>Width of the activations; 0 where there are none.</summary>
    public int Width { get; init; }

    /// <summary>Effective rank of the activations; NaN where there are none.</summary>
    public double EffectiveRank { get; init; }

    /// <summary>Number of latents.</summary>
    public int Latents { get; init; }

    /// <summary>What sets the sparsity, such as <c>k</c> or <c>l1</c>.</summary>
    public string SparsityName { get; init; } = "";

    /// <summary>Its value.</summary>
    public double Sparsity { get; init; }

    /// <summary>The L0 that the configuration asks for, where it does (k of a TopK), or null.</summary>
    public double? TargetL0 { get; init; }

    /// <summary>The limits that red flags go by.</summary>
    public CheckOptions Limits { get; init; } = new CheckOptions().ForArithmetic();

    /// <summary>Share of the decoder that is pinned; null where none is.</summary>
    public double? PinnedFraction { get; init; }

    /// <summary>Steps of Adam.</summary>
    public long Steps { get; init; }

    /// <summary>Explained variance on held-out rows.</summary>
    public Interval? ExplainedVariance { get; init; }

    /// <summary>Mean number of active latents.</summary>
    public Interval? L0 { get; init; }

    /// <summary>Share of latents that hardly ever fire, in [0, 1].</summary>
    public Interval? DeadFraction { get; init; }

    /// <summary>Accuracy of the transformer with reconstructions in place of activations, in [0, 1], or null.</summary>
    public Interval? SplicedAccuracy { get; init; }

    /// <summary>Mean squared error per coordinate, mean over seeds; null without seeds.</summary>
    public double? Mse => Seeds.Average(seed => seed.Mse);

    /// <summary>Agreement between seeds: the score that the verdict reads; null with fewer than two seeds.</summary>
    public StabilityScore? Stability { get; init; }

    /// <summary>Share of latents that are found again in another seed (cosine above a threshold); null where it was not measured.</summary>
    public StabilityScore? Shared { get; init; }

    /// <summary>Recovery of the circuit: the score that the verdict reads; null without a circuit.</summary>
    public CircuitScore? Circuit { get; init; }

    /// <summary>How far the latents find the features of a world; null without one.</summary>
    internal TruthResult? Truth { get; init; }

    /// <summary>R² of sparse probes of four latents, mean over the planes of the circuit and the seeds.</summary>
    public double? ProbeR2 { get; init; }

    /// <summary>Share of the latents' power in their best frequency, mean.</summary>
    public double? Purity { get; init; }

    /// <summary>Overlap of the neurons with the circuit: coordinates at mlp_hidden, rows of W_out after the MLP; null before it.</summary>
    public double? NeuronOverlap { get; init; }

    /// <summary>R² of probes of four neurons.</summary>
    public double? NeuronProbeR2 { get; init; }

    /// <summary>Purity of the neurons.</summary>
    public double? NeuronPurity { get; init; }

    /// <summary>Overlap of as many principal components as the planes have dimensions.</summary>
    public double? ComponentOverlap { get; init; }

    /// <summary>Other scores to show, such as hungarian similarity or plane recovery.</summary>
    public IReadOnlyList<ScoreSummary> OtherScores { get; init; } = [];

    /// <summary>The results on each transformer where scores are means, and intervals go, over several; else empty.</summary>
    public IReadOnlyList<ConfigurationResults> Transformers { get; init; } = [];

    /// <summary>One entry for each finished seed.</summary>
    public IReadOnlyList<SeedResults> Seeds { get; init; } = [];

    /// <summary>Best-match cosines of all pairs against chance.</summary>
    public BestMatchHistogram? BestMatches { get; init; }

    /// <summary>One entry for each latent and seed: its stability against its agreement with the circuit.</summary>
    public IReadOnlyList<LatentPoint> LatentPoints { get; init; } = [];

    /// <summary>A few latents beside their matches in the other seeds; empty over several transformers.</summary>
    public IReadOnlyList<LatentPortraitResult> Portraits { get; init; } = [];

    /// <summary>What latents and their matches in the other seeds fire on; empty where there is no text.</summary>
    internal IReadOnlyList<LatentContextsResult> Contexts { get; init; } = [];

    /// <summary>How that text was split into tokens; null where it is not known.</summary>
    internal string? Tokenizer { get; init; }

    /// <summary>The SAEs along training.</summary>
    public IReadOnlyList<DynamicsSummary> Dynamics { get; init; } = [];

    /// <summary>How far matched latents do the same, by matcher; empty where it was not measured.</summary>
    public IReadOnlyList<FunctionScore> Function { get; init; } = [];

    /// <summary>What reconstructions do inside the network; null where it was not measured.</summary>
    public SplicedOutput? Spliced { get; init; }

    /// <summary>Firing frequencies of the latents of all seeds together.</summary>
    public FiringSummary? Firing { get; init; }

    /// <summary>Chance-corrected agreement between seeds; null where it is refused.</summary>
    public Kappa? Kappa => Stability?.Kappa;

    /// <summary>Whether the seeds share latents beyond chance.</summary>
    public bool IsReproducible => Stability?.Verdict is { IsReproducible: true };

    /// <summary>The results on each transformer: on several, or on the one that there is.</summary>
    public IReadOnlyList<ConfigurationResults> OnEachTransformer() => Transformers.Count > 0 ? Transformers : [this];

    /// <summary>The results on the first transformer: for what is not pooled.</summary>
    public ConfigurationResults OnFirstTransformer() => OnEachTransformer()[0];

    /// <summary>Mean of a value over the transformers; NaN if it is missing on one.</summary>
    public double Mean(Func<ConfigurationResults, double?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return OnEachTransformer().Average(results => value(results) ?? double.NaN);
    }

    /// <summary>Transformer and site in words.</summary>
    public string PlaceInWords() => Transformers.Count > 0 ? FormattableString.Invariant($"{Transformers.Count} transformers, {Site}")
        : Transformer.Length > 0 ? $"{Transformer}, {Site}" : Site;

    /// <summary>Mean number of latents that fire; null where it was not measured.</summary>
    public double? LiveLatents() => DeadFraction is { } dead ? (1 - dead.Mean) * Latents : null;

    /// <summary>The points along training at which agreement was measured, in order.</summary>
    public IReadOnlyList<DynamicsSummary> Formation => [.. Dynamics.Where(point => point.ToOtherSeeds is not null)];

    /// <summary>The same with the evaluations along training, which are read from the folders of the seeds.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public ConfigurationResults WithTraining() => this with { Seeds = [.. Seeds.Select(seed => seed.WithTraining())] };

    /// <summary>What verdicts and red flags read.</summary>
    public ConfigurationMeasures Measures() => new()
    {
        Name = Name,
        BaselineOf = BaselineOf,
        ControlOf = ControlOf,
        Truth = Known,
        Latents = Latents,
        ExplainedVariance = ExplainedVariance,
        L0 = L0,
        TargetL0 = TargetL0,
        DeadFraction = DeadFraction,
        SplicedAccuracy = SplicedAccuracy,
        Stability = Stability,
        Circuit = Circuit,
        Features = Truth is { Seeds.Count: > 0 }
            ? new FeatureScore(Truth.Over(seed => seed.Mcc), Truth.Chance.Mcc)
            : null,
        FewestSeeds = Seeds.GroupBy(seed => seed.Transformer).Select(group => group.Count()).DefaultIfEmpty(0).Min(),
        Models = Transformers.Count,
        Limits = Limits,
    };
}
