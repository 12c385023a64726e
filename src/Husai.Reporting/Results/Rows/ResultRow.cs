using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Autoencoders.Options;
using Husai.Experiments.Studies.Published;
using Husai.Reporting.Data;

namespace Husai.Reporting.Results.Rows;

/// <summary>The seeds of one configuration at one site of one transformer, as the results need them.</summary>
internal sealed record ResultRow
{
    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Name of the transformer with its seed.</summary>
    public required string Transformer { get; init; }

    /// <summary>What transformers that differ in their seed alone have in common: their name without it.</summary>
    public string Family { get; init; } = "";

    /// <summary>Whether the transformer's label stands in its input.</summary>
    public bool IsLeaked { get; init; }

    /// <summary>Layer and site, such as <c>L0.resid_post</c>.</summary>
    public required string Site { get; init; }

    /// <summary>Name of the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Training method.</summary>
    public required string Architecture { get; init; }

    /// <summary>Number of latents.</summary>
    public required int Latents { get; init; }

    /// <summary>Active latents that are asked for; null where a penalty decides.</summary>
    public double? TargetL0 { get; init; }

    /// <summary>Steps of Adam.</summary>
    public long Steps { get; init; }

    /// <summary>Effective rank of the site's activations.</summary>
    public double EffectiveRank { get; init; }

    /// <summary>Number of seeds.</summary>
    public int Seeds { get; init; }

    /// <summary>Explained variance, on held-out rows where there are any.</summary>
    public Interval? ExplainedVariance { get; init; }

    /// <summary>Mean squared error per coordinate.</summary>
    public double Mse { get; init; }

    /// <summary>Mean number of active latents.</summary>
    public double L0 { get; init; }

    /// <summary>Share of latents that never fire.</summary>
    public double DeadFraction { get; init; }

    /// <summary>The similarity between seeds that verdicts read; null with fewer than two seeds.</summary>
    public StabilityScore? Stability { get; init; }

    /// <summary>Share of latents that are found again in another seed (cosine above a threshold).</summary>
    public StabilityScore? Shared { get; init; }

    /// <summary>Accuracy of the transformer with reconstructions in place of activations; null where it was not measured.</summary>
    public double? SplicedAccuracy { get; init; }

    /// <summary>The limits that red flags go by.</summary>
    public CheckOptions Limits { get; init; } = new CheckOptions().ForArithmetic();

    /// <summary>The original's measures, or null.</summary>
    public AsPublishedConfiguration? AsPublished { get; init; }

    /// <summary>Share of the decoder that is pinned; null where none is.</summary>
    public double? PinnedFraction { get; init; }

    /// <summary>Recovery of the circuit; null without a circuit.</summary>
    public CircuitScore? Circuit { get; init; }

    /// <summary>The same score for the neurons: coordinates at mlp_hidden, rows of W_out after the MLP; null before it.</summary>
    public double? NeuronOverlap { get; init; }

    /// <summary>The same score for as many principal components as the planes have dimensions.</summary>
    public double? ComponentOverlap { get; init; }

    /// <summary>R² of sparse probes of four latents, mean over the planes of the circuit.</summary>
    public double? ProbeR2 { get; init; }

    /// <summary>The same score for the neurons.</summary>
    public double? NeuronProbeR2 { get; init; }

    /// <summary>Share of the latents' power in their best frequency, mean.</summary>
    public double? Purity { get; init; }

    /// <summary>The same score for the neurons.</summary>
    public double? NeuronPurity { get; init; }

    /// <summary>The steps of training at which agreement was measured, all of them with it, in order; empty if it was not.</summary>
    public IReadOnlyList<DynamicsSummary> Formation { get; init; } = [];
}
