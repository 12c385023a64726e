using Husai.Analysis.Statistics;
using Husai.Autoencoders.Options;

namespace Husai.Analysis.Verdicts;

/// <summary>What verdicts and red flags read of a configuration: SAEs that differ only in their seed.</summary>
public sealed record ConfigurationMeasures
{
    /// <summary>Its name, unique in its study.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the configuration that this is a baseline of: nothing but a frozen part differs. Null for others.</summary>
    public string? BaselineOf { get; init; }

    /// <summary>Name of the same configuration on the trained network, where this one is on a network that learnt no circuit. Null for
    /// others.</summary>
    public string? ControlOf { get; init; }

    /// <summary>What is known to compare with.</summary>
    public KnownTruth Truth { get; init; } = KnownTruth.Circuit;

    /// <summary>Number of latents.</summary>
    public int Latents { get; init; }

    /// <summary>Explained variance on held-out rows.</summary>
    public Interval? ExplainedVariance { get; init; }

    /// <summary>Mean number of active latents.</summary>
    public Interval? L0 { get; init; }

    /// <summary>The L0 that is asked for, or null.</summary>
    public double? TargetL0 { get; init; }

    /// <summary>Share of latents that hardly ever fire, in [0, 1].</summary>
    public Interval? DeadFraction { get; init; }

    /// <summary>Accuracy of the model with reconstructions in place of activations, in [0, 1].</summary>
    public Interval? SplicedAccuracy { get; init; }

    /// <summary>Agreement between seeds.</summary>
    public StabilityScore? Stability { get; init; }

    /// <summary>Recovery of the circuit.</summary>
    public CircuitScore? Circuit { get; init; }

    /// <summary>How far the latents match features that are known.</summary>
    public FeatureScore? Features { get; init; }

    /// <summary>Fewest seeds on one model; 0 where there are none.</summary>
    public int FewestSeeds { get; init; }

    /// <summary>Number of models that the scores are means over; 0 where the seeds of one are the sample.</summary>
    public int Models { get; init; }

    /// <summary>The limits that its configuration sets.</summary>
    public CheckOptions Limits { get; init; } = new CheckOptions().ForArithmetic();
}
