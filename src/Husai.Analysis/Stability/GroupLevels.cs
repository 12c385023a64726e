using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>The levels of each similarity of a group.</summary>
internal sealed class GroupLevels(SimilarityGroup group, IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions options, Covariance? activations, StudyRunner runner)
{
    private const string ReferenceStage = "chance: references";

    /// <summary>Similarities of the group with their levels, in its order.</summary>
    /// <param name="scores">Matrix of each similarity.</param>
    /// <param name="axes">Principal axes of the activations, or null without them.</param>
    /// <param name="sharesStart">Whether seeds share their start: then there is no kappa.</param>
    /// <param name="cosineToStart">Mean cosine to the start, or null.</param>
    /// <param name="sameShape">Told best matches of the first random set, or null.</param>
    /// <param name="turned">Told best matches of the first turned set, or null.</param>
    public IReadOnlyList<SeedSimilarity> Measure(
        double[][][] scores, PrincipalAxes? axes, bool sharesStart, double? cosineToStart, Action<IReadOnlyList<float>>? sameShape, Action<IReadOnlyList<float>>? turned)
    {
        var shapes = new SameShapeLevel(group, options, runner).Measure(sameShape);
        var turns = Turned(axes, turned);
        return
        [
            .. group.Similarities.Select((similarity, number) =>
            {
                var shape = shapes[number];
                var pairLevels = shape.PairLevels();
                var turnedLevels = turns?[number].Means();
                var interval = Jackknife.OfPairs(scores[number], options.Confidence);
                var levels = References(similarity) with
                {
                    SameShape = shape.Level(),
                    SameShapeUncorrected = shape.Uncorrected(),
                    Turned = turns is null ? null : ChanceLevel.Of(turns[number].PairMeans()),
                };
                var kappa = sharesStart ? null : Kappa.Of(scores[number], pairLevels, options.Confidence);
                var kappaTurned = sharesStart || turnedLevels is null ? null : Kappa.Of(scores[number], turnedLevels, options.Confidence);
                var p = sharesStart || kappa is null || scores[number].Length > 2 ? null : shape.PValue(interval.Mean);
                return new SeedSimilarity
                {
                    Options = similarity,
                    Matrix = scores[number],
                    Interval = interval,
                    Levels = levels,
                    SameShape = pairLevels,
                    Turned = turnedLevels,
                    Kappa = kappa,
                    KappaTurned = kappaTurned,
                    P = p?.P,
                    PIsApproximate = p?.IsApproximate ?? false,
                    Verdict = Verdict.Of(sharesStart, kappa, kappaTurned, interval.Mean, cosineToStart, levels.OwnNeighbour?.Value),
                };
            }),
        ];
    }

    private IReadOnlyList<StudyScores>? Turned(PrincipalAxes? axes, Action<IReadOnlyList<float>>? matched)
    {
        if (!options.Parts.HasFlag(StabilityParts.Turned))
        {
            return null;
        }

        var level = new TurnedLevel(group, options, runner);
        return axes is not null ? level.Within(axes, matched) : group.Rows.Count >= 3 ? level.WithinOthers(matched) : null;
    }

    private ChanceLevels References(SimilarityOptions similarity)
    {
        var none = new ChanceLevel(0, 0, 0);
        var levels = new ChanceLevels { SameShape = none, SameShapeUncorrected = none };
        if (!options.Parts.HasFlag(StabilityParts.References))
        {
            return levels;
        }

        runner.Report(ReferenceStage, 0, 4);
        var draws = ChanceDraws.OfSet(group.Sizes, similarity, options.ChanceDraws);
        var (workers, cancellation, seed) = (runner.Workers, runner.Cancellation, options.ChanceSeed);
        var isotropic = RandomPairLevels.Mean(group.Sizes, draws, (first, second, pairDraws) =>
            IsotropicChance.For(group.Width, first, second, similarity, pairDraws, seed, workers, cancellation));
        runner.Report(ReferenceStage, 1, 4);
        var drawnLike = activations is null ? null : RandomPairLevels.Mean(group.Sizes, draws, (first, second, pairDraws) =>
            CovarianceMatchedChance.For(activations, first, second, similarity, pairDraws, seed, workers, cancellation));
        runner.Report(ReferenceStage, 2, 4);
        var own = OwnNeighbour.Of(group, similarity, seed, workers, cancellation);
        runner.Report(ReferenceStage, 3, 4);
        levels = levels with { Isotropic = isotropic, Activations = drawnLike, OwnNeighbour = own, Untrained = Untrained(similarity) };
        runner.Report(ReferenceStage, 4, 4);
        return levels;
    }

    private ChanceLevel? Untrained(SimilarityOptions similarity)
    {
        if (dictionaries.Any(dictionary => dictionary.Start is null || (group.Weights != MatchedWeights.Decoder && dictionary.Start.Encoder is null)))
        {
            return null;
        }

        var rows = dictionaries.Select((dictionary, number) => ComparedRows.Of(dictionary.Start!, group.Selections[number], group.Weights)).ToArray();
        var values = new List<double>();
        WholeStudies.Score(rows, [(0, similarity)], false, (_, _, _, score) => values.Add(score), null, runner.Workers, runner.Cancellation);
        return new ChanceLevel(values.Average(), 0, 0);
    }
}
