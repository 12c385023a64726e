using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Autoencoders.Options;

namespace Husai.Reporting.Data;

/// <summary>Autoencoders that differ only in their seed.</summary>
public sealed record ConfigurationSummary
{
    /// <summary>Its name, unique in the study, such as <c>topk_8x_k32</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture, such as <c>TopK</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The activation site, such as <c>blocks.0.hook_resid_post</c>.</summary>
    public string Site { get; init; } = "";

    /// <summary>Width of the activations.</summary>
    public int Width { get; init; }

    /// <summary>Number of latents.</summary>
    public int Latents { get; init; }

    /// <summary>What sets the sparsity, such as <c>k</c> or <c>l1</c>.</summary>
    public string SparsityName { get; init; } = "";

    /// <summary>Its value.</summary>
    public double Sparsity { get; init; }

    /// <summary>The L0 that the configuration asks for, where it does (k of a TopK), or null.</summary>
    public double? TargetL0 { get; init; }

    /// <summary>Explained variance on held-out rows.</summary>
    public Interval? ExplainedVariance { get; init; }

    /// <summary>Mean number of active latents.</summary>
    public Interval? L0 { get; init; }

    /// <summary>Share of latents that hardly ever fire, in [0, 1].</summary>
    public Interval? DeadFraction { get; init; }

    /// <summary>Accuracy of the transformer with reconstructions in place of activations, in [0, 1].</summary>
    public Interval? SplicedAccuracy { get; init; }

    /// <summary>Agreement between seeds: the score that the verdict reads.</summary>
    public StabilityScore? Stability { get; init; }

    /// <summary>Recovery of the circuit: the score that the verdict reads.</summary>
    public CircuitScore? Circuit { get; init; }

    /// <summary>The limits that red flags go by.</summary>
    public CheckOptions Limits { get; init; } = new CheckOptions().ForArithmetic();

    /// <summary>Other scores to show, such as hungarian similarity or plane recovery.</summary>
    public IReadOnlyList<ScoreSummary> OtherScores { get; init; } = [];

    /// <summary>Where the scores are means over several transformers, and their intervals over these: the scores on each of them; else empty.</summary>
    public IReadOnlyList<TransformerScores> Transformers { get; init; } = [];

    /// <summary>One entry per finished seed.</summary>
    public IReadOnlyList<SeedSummary> Seeds { get; init; } = [];

    /// <summary>Best-match cosines of all pairs against chance.</summary>
    public BestMatchHistogram? BestMatches { get; init; }

    /// <summary>One entry per latent and seed: its stability against its agreement with the ground truth.</summary>
    public IReadOnlyList<LatentPoint> LatentPoints { get; init; } = [];

    /// <summary>Similarity along training.</summary>
    public IReadOnlyList<DynamicsSummary> Dynamics { get; init; } = [];

    /// <summary>Firing frequencies of the latents of all seeds together.</summary>
    public FiringSummary? Firing { get; init; }

    /// <summary>Mean number of latents that fire; null where it was not measured.</summary>
    public double? LiveLatents() => DeadFraction is { } dead ? (1 - dead.Mean) * Latents : null;

    /// <summary>What verdicts and red flags read.</summary>
    public ConfigurationMeasures Measures() => new()
    {
        Name = Name,
        Latents = Latents,
        ExplainedVariance = ExplainedVariance,
        L0 = L0,
        TargetL0 = TargetL0,
        DeadFraction = DeadFraction,
        SplicedAccuracy = SplicedAccuracy,
        Stability = Stability,
        Circuit = Circuit,
        FewestSeeds = Seeds.GroupBy(seed => seed.Transformer).Select(group => group.Count()).DefaultIfEmpty(0).Min(),
        Models = Transformers.Count,
        Limits = Limits,
    };
}
