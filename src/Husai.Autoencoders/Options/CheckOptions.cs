using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Autoencoders;

/// <summary>What a trained autoencoder is expected to reach, and what counts as a failure.</summary>
public sealed record CheckOptions
{
    /// <summary>Expected distance of L0 from k at most.</summary>
    [Description("L0 is expected within this distance of k (top-k methods)")]
    [Range(0.0, 1e6)]
    public double L0Distance { get; init; } = 1;

    /// <summary>L0 below this share of k is a failure.</summary>
    [Description("L0 below this share of k is a red flag (top-k methods)")]
    [Range(0.0, 1.0)]
    public double LowestL0Share { get; init; } = 0.5;

    /// <summary>Explained variance expected at least.</summary>
    [Description("Explained variance expected at least")]
    [Range(-1.0, 1.0)]
    public double ExplainedVariance { get; init; } = 0.85;

    /// <summary>Explained variance below this is a failure.</summary>
    [Description("Explained variance below this is a red flag")]
    [Range(-1.0, 1.0)]
    public double LowestExplainedVariance { get; init; } = 0.7;

    /// <summary>Dead share expected at most.</summary>
    [Description("Share of dead latents expected at most")]
    [Range(0.0, 1.0)]
    public double DeadFraction { get; init; } = 0.15;

    /// <summary>A dead share above this is a failure.</summary>
    [Description("A share of dead latents above this is a red flag")]
    [Range(0.0, 1.0)]
    public double HighestDeadFraction { get; init; } = 0.3;
}
