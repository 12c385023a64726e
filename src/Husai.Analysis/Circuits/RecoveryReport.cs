namespace Husai.Analysis.Circuits;

/// <summary>How far a dictionary recovers the circuit of its site, every number with its nulls.</summary>
public sealed record RecoveryReport
{
    /// <summary>The dictionary.</summary>
    public required string Name { get; init; }

    /// <summary>Latents in all.</summary>
    public required int Latents { get; init; }

    /// <summary>Latents measured.</summary>
    public required int Alive { get; init; }

    /// <summary>Latents left out because they do not fire or are constant.</summary>
    public required int Dead { get; init; }

    /// <summary>Other latents left out because their decoder row is zero.</summary>
    public required int ZeroRows { get; init; }

    /// <summary>Mean energy of the decoder rows in their best plane; null when the site has no planes.</summary>
    public double? FourierOverlap { get; init; }

    /// <summary>The same weighted by the variance that each latent contributes.</summary>
    public double? FourierOverlapWeighted { get; init; }

    /// <summary>The same after whitening planes and directions, where ideal planes are orthogonal.</summary>
    public double? FourierOverlapWhitened { get; init; }

    /// <summary>The whitened overlap weighted by variance.</summary>
    public double? FourierOverlapWhitenedWeighted { get; init; }

    /// <summary>Presence: mean energy of the decoder rows in the span of all planes.</summary>
    public double? SpanEnergy { get; init; }

    /// <summary>
    /// Mean over decoder rows, read as linear probes, of the share of their output's variance in their best plane's waves.
    /// </summary>
    public double? ReadOutShare { get; init; }

    /// <summary>The same for encoder rows.</summary>
    public double? EncoderReadOutShare { get; init; }

    /// <summary>The original project's metric; chance by construction.</summary>
    public required double FourierOverlapAsPublished { get; init; }

    /// <summary>
    /// Energy of isotropic directions in the span of all planes: its rank over the width; null when the site has no planes.
    /// </summary>
    public double? SpanEnergyChance { get; init; }

    /// <summary>
    /// <see cref="FourierOverlap"/> beside the same with other planes of the same span; null when the site has no planes.
    /// </summary>
    public PlaneChoice? ChoiceOfPlane { get; init; }

    /// <summary>Further references of <see cref="FourierOverlap"/>.</summary>
    public EnergyNulls? Nulls { get; init; }

    /// <summary>Share of each latent's power in its best frequency over all four lines.</summary>
    public required WeightedMean Purity { get; init; }

    /// <summary>Share of each latent's power in its best frequency along its best line.</summary>
    public required WeightedMean SingleLine { get; init; }

    /// <summary>Share of each latent's power that depends on a + b alone.</summary>
    public required WeightedMean SumAny { get; init; }

    /// <summary>Share of each latent's power in a frequency of a + b and its second and third harmonics.</summary>
    public required WeightedMean H3 { get; init; }

    /// <summary>Mean over latents of purity over the ceiling at the latent's own duty.</summary>
    public required double PurityToCeiling { get; init; }

    /// <summary>Number of latents of each class.</summary>
    public required IReadOnlyDictionary<LatentClass, int> Classes { get; init; }

    /// <summary>Which planes are recovered.</summary>
    public required Coverage Coverage { get; init; }

    /// <summary>Sparse probes.</summary>
    public required ProbeResult ProbeR2 { get; init; }

    /// <summary>
    /// Mean of <see cref="ProbeR2"/> over the planes of a + b alone, for each number of latents; empty when there is none.
    /// </summary>
    public required IReadOnlyList<double> ProbeR2SumPlanes { get; init; }

    /// <summary>Matching scores against planes and answers.</summary>
    public required CircuitMatch GtMcc { get; init; }

    /// <summary>Each latent that was measured.</summary>
    public required IReadOnlyList<LatentRecovery> PerLatent { get; init; }
}
