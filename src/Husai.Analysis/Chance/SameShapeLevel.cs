using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>
/// The level of two random dictionaries of the same shape: a null study replaces each dictionary of the set by as many independent directions with its own second moments, and
/// scores all pairs as the real set is scored. Its second moments are estimated from the rows themselves; what that loses is found by drawing again from each draw, and taken off.
/// </summary>
internal sealed class SameShapeLevel(SimilarityGroup group, StabilityOptions options, StudyRunner runner)
{
    private const string Stage = "chance: same shape";

    // The loss is below .003 of kappa where both sides have more latents.
    private const int LargestCorrected = 1000;

    // Up to here whole dictionaries cost no more than samples of one side.
    private const int LargestWhole = 1024;

    /// <summary>Measures each similarity of the group.</summary>
    /// <param name="matched">Told the best matches of the first study: similarities of single latents of each pair; null where nobody asks.</param>
    public IReadOnlyList<SameShapeScores> Measure(Action<IReadOnlyList<float>>? matched)
    {
        var draws = group.Similarities.Select(similarity => ChanceDraws.OfSet(group.Sizes, similarity, options.ChanceDraws)).ToArray();
        var shapes = group.Rows.Select(rows => DirectionShape.Of(rows.Joined(), runner.Workers)).ToArray();
        var corrects = IsCorrected(group.Sizes.Min(), group.Sizes.Min());
        var result = group.Similarities.Select((_, number) => new SameShapeScores(
            new StudyScores(draws[number], group.Sizes.Count), corrects ? new StudyScores(draws[number], group.Sizes.Count) : null, group.Sizes)).ToArray();
        var sampled = Numbers(SampledMaximum.Applies).ToArray();
        if (sampled.Length > 0 && !corrects && group.Sizes.Max() > LargestWhole)
        {
            new SampledStudies(group, runner).Run(
                Stage, sampled, draws, (study, crew) => SampledDictionaries.OfShapes(shapes, group.Sizes, number => StreamOf("chance.same_shape", study, number), crew),
                (number, study, i, j, score) => result[number].First.Set(study, i, j, score), sampled.Contains(0) ? matched : null);
        }
        else
        {
            sampled = [];
        }

        var whole = Numbers(_ => true).Except(sampled).ToArray();
        if (whole.Length > 0)
        {
            RunWhole(whole, draws, shapes, result, whole.Contains(0) ? matched : null);
        }

        return result;
    }

    /// <summary>Levels of the pairs of one dictionary before a boundary with one after it, for the group's only similarity; both sets of latents decide the draws by their largest.</summary>
    /// <param name="boundary">Dictionaries of the first set.</param>
    /// <returns><c>[dictionaries, dictionaries]</c>; only pairs across the boundary are measured.</returns>
    public double[][] MeasureBetween(int boundary)
    {
        var draws = ChanceDraws.Between(group.Sizes, group.Similarities[0], options.ChanceDraws);
        var shapes = group.Rows.Select(rows => DirectionShape.Of(rows.Joined(), runner.Workers)).ToArray();
        var corrects = IsCorrected(group.Sizes.Min(), group.Sizes.Min());
        var result = new SameShapeScores(
            new StudyScores(draws, group.Sizes.Count), corrects ? new StudyScores(draws, group.Sizes.Count) : null, group.Sizes);
        runner.Run("chance: between sets", draws, group.Sizes.Sum(count => (long)count) * group.Width, (study, crew) =>
        {
            var drawn = shapes.Select((shape, number) => shape.Draw(group.Sizes[number], StreamOf("chance.same_shape", study, number), crew)).ToArray();
            WholeStudies.ScoreBetween(Parted(drawn), boundary, group.Similarities[0], (i, j, score) => result.First.Set(study, i, j, score), crew, runner.Cancellation);
            if (result.Second is not null)
            {
                var again = drawn.Select((rows, number) =>
                    DirectionShape.Of(rows, crew).Draw(rows.Rows, StreamOf("chance.same_shape.again", study, number), crew)).ToArray();
                WholeStudies.ScoreBetween(Parted(again), boundary, group.Similarities[0], (i, j, score) => result.Second.Set(study, i, j, score), crew, runner.Cancellation);
            }
        });
        return result.PairLevels();
    }

    public static bool IsCorrected(int first, int second) => first <= LargestCorrected || second <= LargestCorrected;

    private IEnumerable<int> Numbers(Func<SimilarityOptions, bool> applies) =>
        Enumerable.Range(0, group.Similarities.Count).Where(number => applies(group.Similarities[number]));

    private void RunWhole(int[] numbers, int[] draws, DirectionShape[] shapes, SameShapeScores[] result, Action<IReadOnlyList<float>>? matched)
    {
        var size = group.Sizes.Sum(count => (long)count) * group.Width;
        runner.Run(Stage, numbers.Max(number => draws[number]), size, (study, crew) =>
        {
            (int, SimilarityOptions)[] wanted = [.. numbers.Where(number => study < draws[number]).Select(number => (number, group.Similarities[number]))];
            var drawn = shapes.Select((shape, number) => shape.Draw(group.Sizes[number], StreamOf("chance.same_shape", study, number), crew)).ToArray();
            WholeStudies.Score(
                Parted(drawn), wanted, group.BothCosines, (number, i, j, score) => result[number].First.Set(study, i, j, score),
                study > 0 || matched is null ? null : (_, _, matches) => matched(BestMatches.Of(matches, options.Similarity.Cosine)), crew, runner.Cancellation);
            if (result[numbers[0]].Second is not null)
            {
                var again = drawn.Select((rows, number) =>
                    DirectionShape.Of(rows, crew).Draw(rows.Rows, StreamOf("chance.same_shape.again", study, number), crew)).ToArray();
                WholeStudies.Score(
                    Parted(again), wanted, group.BothCosines, (number, i, j, score) => result[number].Second!.Set(study, i, j, score), null, crew, runner.Cancellation);
            }
        });
    }

    private ComparedRows[] Parted(Matrix[] drawn) => Array.ConvertAll(drawn, rows => ComparedRows.Parted(rows, group.Width));

    private RandomStream StreamOf(string purpose, int study, int number) =>
        new(options.ChanceSeed, purpose, (uint)(study * group.Sizes.Count + number));
}
