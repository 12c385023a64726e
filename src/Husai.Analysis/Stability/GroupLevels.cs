using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>The levels of each similarity of a group.</summary>
internal sealed class GroupLevels(
    SimilarityGroup group, IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions options, Covariance? activations,
    StudyRunner runner)
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
        double[][][] scores, PrincipalAxes? axes, bool sharesStart, double? cosineToStart, Action<IReadOnlyList<float>>? sameShape,
        Action<IReadOnlyList<float>>? turned)
    {
        var shapes = new SameShapeLevel(group, options, runner).Measure(sameShape);
        var turns = Turned(axes, turned);
        var references = References();
        return
        [
            .. group.Similarities.Select((similarity, number) =>
            {
                var shape = shapes[number];
                var pairLevels = shape.PairLevels();
                var turnedLevels = turns?[number].Means();
                var interval = Jackknife.OfPairs(scores[number], options.Confidence);
                var levels = references[number] with
                {
                    SameShape = shape.Level(),
                    SameShapeUncorrected = shape.Uncorrected(),
                    Turned = turns?[number].Level(),
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

    // Levels that are printed beside, of each similarity; products and draws that several have in common are made once.
    private ChanceLevels[] References()
    {
        var none = new ChanceLevel(0, 0, 0);
        var levels = group.Similarities.Select(_ => new ChanceLevels { SameShape = none, SameShapeUncorrected = none }).ToArray();
        if (!options.Parts.HasFlag(StabilityParts.References))
        {
            return levels;
        }

        runner.Report(ReferenceStage, 0, 4);
        var (workers, cancellation, seed) = (runner.Workers, runner.Cancellation, options.ChanceSeed);
        var isotropic = group.Similarities.Select(similarity =>
            RandomPairLevels.Mean(group.Sizes, DrawsOf(similarity), (first, second, pairDraws) =>
            IsotropicChance.For(group.Width, first, second, similarity, pairDraws, seed, workers, cancellation))).ToArray();
        runner.Report(ReferenceStage, 1, 4);
        var drawnLike = activations is null ? new ChanceLevel?[levels.Length] : DrawnLike(activations);
        runner.Report(ReferenceStage, 2, 4);
        var own = OwnNeighbour.Of(group, seed, workers, cancellation);
        runner.Report(ReferenceStage, 3, 4);
        var untrained = Untrained();
        runner.Report(ReferenceStage, 4, 4);
        return [.. levels.Select((level, number) => level with
        {
            Isotropic = isotropic[number],
            Activations = drawnLike[number],
            OwnNeighbour = own[number],
            Untrained = untrained[number],
        })];
    }

    private int DrawsOf(SimilarityOptions similarity) => ChanceDraws.OfSet(group.Sizes, similarity, options.ChanceDraws);

    private ChanceLevel?[] DrawnLike(Covariance covariance)
    {
        var result = new ChanceLevel?[group.Similarities.Count];
        int[] sampled = [.. Enumerable.Range(0, result.Length).Where(number => SampledMaximum.Applies(group.Similarities[number]))];
        if (sampled.Length > 0)
        {
            // All of one matcher, and so of one number of draws.
            var similarities = Array.ConvertAll(sampled, number => group.Similarities[number]);
            var levels = RandomPairLevels.Means(
                group.Sizes, DrawsOf(similarities[0]), (first, second, pairDraws) => CovarianceMatchedChance.Sampled(
                covariance, first, second, similarities, pairDraws, options.ChanceSeed, runner.Workers, runner.Cancellation));
            for (var index = 0; index < sampled.Length; index++)
            {
                result[sampled[index]] = levels[index];
            }
        }

        foreach (var number in Enumerable.Range(0, result.Length).Except(sampled))
        {
            result[number] = RandomPairLevels.Mean(
                group.Sizes, DrawsOf(group.Similarities[number]), (first, second, pairDraws) => CovarianceMatchedChance.For(
                covariance, first, second, group.Similarities[number], pairDraws, options.ChanceSeed, runner.Workers, runner.Cancellation));
        }

        return result;
    }

    private ChanceLevel?[] Untrained()
    {
        if (
            dictionaries.Any(dictionary =>
                dictionary.Start is null || (group.Weights != MatchedWeights.Decoder && dictionary.Start.Encoder is null)))
        {
            return new ChanceLevel?[group.Similarities.Count];
        }

        var rows = dictionaries.Select((dictionary, number) => ComparedRows.Of(dictionary.Start!, group.Selections[number], group.Weights))
            .ToArray();
        var values = group.Similarities.Select(_ => new List<double>()).ToArray();
        WholeStudies.Score(
            rows, [.. group.Similarities.Select((similarity, number) => (number, similarity))], group.BothCosines, (number, _, _, score) =>
                values[number].Add(score), null,
            runner.Workers, runner.Cancellation);
        return Array.ConvertAll(values, scores => new ChanceLevel(scores.Average(), 0, 0));
    }
}
