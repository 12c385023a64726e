using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Analysis.Circuits;

/// <summary>Which planes the circuit has.</summary>
public sealed record CircuitOptions
{
    /// <summary>A plane counts from this share of the activations' variance on. Default: 0.01.</summary>
    [Description("A plane counts from this share of the activations' variance on.")]
    [Range(0.0, 1.0)]
    public double MinimumVariance { get; init; } = 0.01;

    /// <summary>Planes of one frequency are one when their mean squared principal cosine is above this. Default: 0.9.</summary>
    [Description("Planes of one frequency are one when their mean squared principal cosine is above this.")]
    [Range(0.0, 1.0)]
    public double MergeOverlap { get; init; } = 0.9;

    /// <summary>Share of variance kept by the whitening of planes and directions. Default: 0.99.</summary>
    [Description("Share of variance kept by the whitening of planes and directions.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WhitenedVariance { get; init; } = 0.99;
}
