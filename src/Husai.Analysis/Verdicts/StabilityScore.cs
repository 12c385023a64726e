using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Verdicts;

/// <summary>How far the seeds of a configuration agree: on one model, or over several that differ only in their own seed.</summary>
public sealed record StabilityScore
{
    /// <summary>The similarity in full.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Mean over the pairs of seeds, in [0, 1] for absolute cosines, with its interval over seeds, or over models where there are several.
    /// </summary>
    public required Interval Value { get; init; }

    /// <summary>Its levels.</summary>
    public required ChanceLevels Levels { get; init; }

    /// <summary>
    /// (value - same shape) / (1 - same shape) with its interval; null where it is refused: seeds that share a start, no room above chance.
    /// </summary>
    public Kappa? Kappa { get; init; }

    /// <summary>The same against <c>turned</c>; null where that was not drawn.</summary>
    public Kappa? KappaTurned { get; init; }

    /// <summary>Share of null studies that reach the score, for two seeds; null for more.</summary>
    public double? P { get; init; }

    /// <summary>Whether <see cref="P"/> is that of a normal distribution with the moments of a few draws.</summary>
    public bool PIsApproximate { get; init; }

    /// <summary>Mean cosine of live decoder rows to where they started; null where the start is not known.</summary>
    public double? CosineToStart { get; init; }

    /// <summary>What follows, in words; null where nothing follows.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The score that a measurement of a set of seeds is about; null where there is none.</summary>
    public static StabilityScore? Of(SeedStability? stability) =>
        stability is null ? null : Of(stability.Main) with { CosineToStart = stability.CosineToStart };

    /// <summary>One similarity of a set of seeds.</summary>
    public static StabilityScore Of(SeedSimilarity similarity)
    {
        ArgumentNullException.ThrowIfNull(similarity);
        return new StabilityScore
        {
            Name = similarity.Name,
            Value = similarity.Interval,
            Levels = similarity.Levels,
            Kappa = similarity.Kappa,
            KappaTurned = similarity.KappaTurned,
            P = similarity.P,
            PIsApproximate = similarity.PIsApproximate,
            Verdict = similarity.Verdict,
        };
    }

    /// <summary>
    /// One configuration over several models, which are the sample of all intervals: each has levels of its own, so kappas are averaged,
    /// not scores and levels.
    /// </summary>
    /// <param name="scores">The score on each model, of one similarity; at least one.</param>
    public static StabilityScore OverModels(IReadOnlyList<StabilityScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfZero(scores.Count);
        if (scores.Count == 1)
        {
            return scores[0];
        }

        var pooled = new StabilityScore
        {
            Name = scores[0].Name,
            Value = Pooling.Mean(scores, score => score.Value)!,
            Levels = Pooling.Levels([.. scores.Select(score => score.Levels)]),
            Kappa = Pooling.Kappa([.. scores.Select(score => score.Kappa)]),
            KappaTurned = Pooling.Kappa([.. scores.Select(score => score.KappaTurned)]),
            CosineToStart = scores.All(score => score.CosineToStart is not null) ? scores.Average(score => score.CosineToStart) : null,
        };
        var sharesStart = scores.Any(score => score.Verdict is { Finding: AgreementFinding.SharedStart });
        return pooled with
        {
            Verdict = Verdict.Of(
                sharesStart, pooled.Kappa, pooled.KappaTurned, pooled.Value.Mean, pooled.CosineToStart, pooled.Levels.OwnNeighbour?.Value),
        };
    }
}
