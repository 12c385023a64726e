using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Autoencoders.Options;

/// <summary>What a trained SAE is expected to reach, and what counts as a failure.</summary>
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
    [Description("Explained variance expected at least; 0.85 on an arithmetic task, and not checked elsewhere, if not given")]
    [Range(-1.0, 1.0)]
    public double? ExplainedVariance { get; init; }

    /// <summary>Explained variance below this is a failure.</summary>
    [Description("Explained variance below this is a red flag; 0.7 on an arithmetic task, and not checked elsewhere, if not given")]
    [Range(-1.0, 1.0)]
    public double? LowestExplainedVariance { get; init; }

    /// <summary>Dead share expected at most.</summary>
    [Description("Share of dead latents expected at most; 0.15 on an arithmetic task, and not checked elsewhere, if not given")]
    [Range(0.0, 1.0)]
    public double? DeadFraction { get; init; }

    /// <summary>A dead share above this is a failure.</summary>
    [Description("A share of dead latents above this is a red flag")]
    [Range(0.0, 1.0)]
    public double HighestDeadFraction { get; init; } = 0.3;

    /// <summary>
    /// The limits with those of arithmetic tasks where none is given. Activations of other networks may be explained less, and leave more
    /// latents dead, without that anything is wrong.
    /// </summary>
    public CheckOptions ForArithmetic() => this with
    {
        ExplainedVariance = ExplainedVariance ?? 0.85,
        LowestExplainedVariance = LowestExplainedVariance ?? 0.7,
        DeadFraction = DeadFraction ?? 0.15,
    };
}
