using System.ComponentModel;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Summary;

/// <summary>A run in <c>summary.json</c>.</summary>
internal sealed record SeedEntry
{
    /// <summary>Its seed.</summary>
    [Description("Its seed.")]
    public required long Seed { get; init; }

    /// <summary>Its transformer.</summary>
    [Description("The transformer whose activations it was trained on.")]
    public required string Transformer { get; init; }

    /// <summary>Explained variance.</summary>
    [Description("Explained variance on held-out rows.")]
    public required double? ExplainedVariance { get; init; }

    /// <summary>Mean number of active latents.</summary>
    [Description("Mean number of active latents.")]
    public required double? L0 { get; init; }

    /// <summary>Share of dead latents.</summary>
    [Description("Share of dead latents, 0 to 1.")]
    public required double? DeadFraction { get; init; }

    /// <summary>Mean similarity to the other seeds.</summary>
    [Description("Mean similarity to the other seeds.")]
    public required double? Stability { get; init; }

    /// <summary>Agreement with the circuit.</summary>
    [Description("Agreement with the circuit.")]
    public required double? Circuit { get; init; }

    internal static SeedEntry Of(SeedResults seed) => new()
    {
        Seed = seed.Seed,
        Transformer = seed.Transformer,
        ExplainedVariance = seed.ExplainedVariance,
        L0 = seed.L0,
        DeadFraction = seed.DeadFraction,
        Stability = seed.Stability,
        Circuit = seed.Circuit,
    };
}
