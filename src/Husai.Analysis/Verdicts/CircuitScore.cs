using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Verdicts;

/// <summary>How far SAEs recover the circuit: on one model, or over several that differ only in their own seed.</summary>
public sealed record CircuitScore
{
    /// <summary>Mean energy of the decoder rows in their best plane, in [0, 1].</summary>
    public required Interval Overlap { get; init; }

    /// <summary>Mean energy of the decoder rows in the span of all planes, in [0, 1].</summary>
    public required Interval Presence { get; init; }

    /// <summary>That of isotropic directions: rank of the span over the width.</summary>
    public required double PresenceChance { get; init; }

    /// <summary>Overlap with other planes of the same span.</summary>
    public required ChanceLevel OtherPlanes { get; init; }

    /// <summary>(overlap - other planes) / (1 - other planes).</summary>
    public required Kappa Kappa { get; init; }

    /// <summary>Share of other planes with as high an overlap; null over several models.</summary>
    public double? P { get; init; }

    /// <summary>Overlap of the activations about their mean: a reference.</summary>
    public required double DataPoints { get; init; }

    /// <summary>Overlap of as many principal components as the planes have dimensions: a reference.</summary>
    public required double PrincipalComponents { get; init; }

    /// <summary>What follows.</summary>
    public required CircuitFinding Finding { get; init; }

    /// <summary>Whether the circuit is recovered; null where that cannot be said.</summary>
    public bool? RecoversCircuit =>
        Finding is CircuitFinding.NoPlanes or CircuitFinding.OneSae ? null : Finding == CircuitFinding.Recovered;

    /// <summary>Reads the score off a verdict; null where the site has no planes.</summary>
    /// <param name="verdict">The verdict, or null where nothing was measured.</param>
    public static CircuitScore? Of(CircuitVerdict? verdict) =>
        verdict is not { Overlap: { } overlap, Presence: { } presence, Kappa: { } kappa, Choice: { } choice, References: { } references }
        ? null
        : new CircuitScore
        {
            Overlap = overlap,
            Presence = presence,
            PresenceChance = references.Presence,
            OtherPlanes = choice.OtherPlanes,
            Kappa = Stability.Kappa.Of(kappa),
            P = choice.P,
            DataPoints = references.DataPoints.Score,
            PrincipalComponents = references.PrincipalComponents.Score,
            Finding = verdict.Finding,
        };

    /// <summary>
    /// One configuration over several models, which are the sample of all intervals; each has planes of its own, so it is differences from
    /// its references that count.
    /// </summary>
    /// <param name="scores">The score on each model; at least one.</param>
    public static CircuitScore OverModels(IReadOnlyList<CircuitScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfZero(scores.Count);
        if (scores.Count == 1)
        {
            return scores[0];
        }

        var kappa = Pooling.Kappa([.. scores.Select(score => score.Kappa)])!;
        var overDataPoints = Pooling.OfModels(
            [
                .. scores.Select(score =>
                    (score.Overlap.Mean - score.DataPoints, score.Overlap.Low - score.DataPoints, score.Overlap.High - score.DataPoints))]);
        return new CircuitScore
        {
            Overlap = Pooling.Mean(scores, score => score.Overlap)!,
            Presence = Pooling.Mean(scores, score => score.Presence)!,
            PresenceChance = scores.Average(score => score.PresenceChance),
            OtherPlanes = Pooling.Level([.. scores.Select(score => score.OtherPlanes)])!,
            Kappa = kappa,
            DataPoints = scores.Average(score => score.DataPoints),
            PrincipalComponents = scores.Average(score => score.PrincipalComponents),
            Finding = CircuitVerdict.FindingOf(kappa.Low, overDataPoints.Low),
        };
    }
}
