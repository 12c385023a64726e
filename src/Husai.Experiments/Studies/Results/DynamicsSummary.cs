using System.ComponentModel;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Experiments.Studies.Results;

/// <summary>A configuration's SAEs at one step of training; also its entry in <c>summary.json</c>.</summary>
public sealed record DynamicsSummary
{
    /// <summary>Steps done; 0 is the initialisation.</summary>
    [Description("Steps done; 0 is the initialisation.")]
    public required long Step { get; init; }

    /// <summary>Similarity between seeds at this step.</summary>
    [Description("Similarity between seeds at this step, with its interval over seeds, or null.")]
    public Interval? ToOtherSeeds { get; init; }

    /// <summary>Its chance level, same shape, at the latents alive at this step.</summary>
    [Description("Chance level (same shape) of that similarity, at the latents alive at this step, or null.")]
    public double? Chance { get; init; }

    /// <summary>Chance-corrected similarity between seeds.</summary>
    [Description("(similarity - chance) / (1 - chance), pair by pair, or null.")]
    public double? Kappa { get; init; }

    /// <summary>Similarity to the same run at its end.</summary>
    [Description("Similarity of each run to itself at its end, with its interval over seeds, or null.")]
    public Interval? ToFinalSelf { get; init; }

    /// <summary>Explained variance on held-out rows.</summary>
    [Description("Explained variance on held-out rows, with its interval over seeds.")]
    public Interval? ExplainedVariance { get; init; }

    /// <summary>Agreement with the circuit.</summary>
    [Description("Agreement with the circuit, with its interval over seeds, or null.")]
    public Interval? ToCircuit { get; init; }

    /// <summary>What is known of a step without explained variance and circuit.</summary>
    /// <param name="point">Agreement at the step.</param>
    public static DynamicsSummary Of(DynamicsPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new DynamicsSummary
        {
            Step = point.Step,
            ToOtherSeeds = point.BetweenSeeds.Interval,
            Chance = point.BetweenSeeds.Levels.SameShape.Value,
            Kappa = point.BetweenSeeds.Kappa?.Value,
            ToFinalSelf = point.ToFinalSelf,
        };
    }

    internal static DynamicsSummary Of(StudyDynamicsPoint point) =>
        (point.Agreement is { } agreement ? Of(agreement) : new DynamicsSummary { Step = point.Step }) with
        {
            ExplainedVariance = point.ExplainedVariance,
            ToCircuit = point.FourierOverlap,
        };
}
