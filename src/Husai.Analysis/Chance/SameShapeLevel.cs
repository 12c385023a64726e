using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// The level of two random dictionaries of the same shape: a null study replaces each dictionary of the set by as many independent
/// directions with its own second moments, and scores all pairs as the real set is scored. Its second moments are estimated from the rows
/// themselves; what that loses is found by drawing again from each draw, and taken off.
/// </summary>
internal sealed class SameShapeLevel(SimilarityGroup group, StabilityOptions options, StudyRunner runner)
{
    private const string Stage = "chance: same shape";

    // The loss is below .003 of kappa where both sides have more latents.
    private const int LargestCorrected = 1000;

    // Up to here whole dictionaries cost no more than samples of one side.
    private const int LargestWhole = 1024;

    private readonly bool _corrects = IsCorrected(group.Sizes.Min(), group.Sizes.Min());

    /// <summary>Measures each similarity of the group.</summary>
    /// <param name="matched">Told the best matches of the first study: similarities of single latents of each pair; null where nobody
    /// asks.</param>
    public IReadOnlyList<SameShapeScores> Measure(Action<IReadOnlyList<float>>? matched)
    {
        var draws = group.Similarities.Select(similarity => ChanceDraws.OfSet(group.Sizes, similarity, options.ChanceDraws)).ToArray();
        var result = Array.ConvertAll(draws, Scores);
        int[] numbers = [.. Enumerable.Range(0, draws.Length)];
        int[] sampled = !_corrects && group.Sizes.Max() > LargestWhole
            ? [.. numbers.Where(number => SampledMaximum.Applies(group.Similarities[number]))]
            : [];
        if (sampled.Length > 0)
        {
            var shapes = group.Shapes(runner.Workers);
            new SampledStudies(group, runner).Run(
                Stage, sampled, draws, (study, crew) =>
                    SampledDictionaries.OfShapes(shapes, group.Sizes, number => StreamOf("chance.same_shape", study, number), crew),
                (number, study, i, j, score) => result[number].First.Set(study, i, j, score), sampled.Contains(0) ? matched : null);
        }

        int[] whole = [.. numbers.Except(sampled)];
        if (whole.Length > 0)
        {
            var told = whole.Contains(0) ? matched : null;
            RunWhole(Stage, whole.Max(number => draws[number]), (study, isAgain, rows, crew) => WholeStudies.ScoreRandom(
                rows, [.. whole.Where(number => study < draws[number]).Select(number => (number, group.Similarities[number]))],
                group.BothCosines,
                (number, i, j, score) => result[number].Of(isAgain).Set(study, i, j, score),
                study > 0 || isAgain || told is null ? null : (_, _, matches) => told(BestMatches.Of(matches, options.Similarity.Cosine)),
                crew, runner.Cancellation));
        }

        return result;
    }

    /// <summary>
    /// Levels of the pairs of one dictionary before a boundary with one after it, for the group's only similarity; both sets of latents
    /// decide the draws by their largest.
    /// </summary>
    /// <param name="boundary">Dictionaries of the first set.</param>
    /// <returns><c>[dictionaries, dictionaries]</c>; only pairs across the boundary are measured.</returns>
    public double[][] MeasureBetween(int boundary)
    {
        var result = Scores(ChanceDraws.Between(group.Sizes, group.Similarities[0], options.ChanceDraws));
        RunWhole("chance: between sets", result.First.Studies, (study, isAgain, rows, crew) => WholeStudies.ScoreBetween(
            rows, boundary, group.Similarities[0], (i, j, score) => result.Of(isAgain).Set(study, i, j, score), crew, runner.Cancellation));
        return result.PairLevels();
    }

    public static bool IsCorrected(int first, int second) => first <= LargestCorrected || second <= LargestCorrected;

    private SameShapeScores Scores(int draws) => new(
        new StudyScores(draws, group.Sizes.Count), _corrects ? new StudyScores(draws, group.Sizes.Count) : null, group.Sizes);

    // Each study is scored, and where pairs are corrected also what is drawn again from its own second moments.
    private void RunWhole(string stage, int studies, Action<int, bool, ComparedRows[], Workers?> score)
    {
        var shapes = group.Shapes(runner.Workers);
        runner.Run(stage, studies, group.Sizes.Sum(count => (long)count) * group.Width, (study, crew) =>
        {
            var drawn = Draw("chance.same_shape", study, number => shapes[number], crew);
            score(study, false, Parted(drawn), crew);
            if (_corrects)
            {
                score(
                    study, true, Parted(Draw("chance.same_shape.again", study, number => DirectionShape.Of(drawn[number], crew), crew)),
                    crew);
            }
        });
    }

    private Matrix[] Draw(string purpose, int study, Func<int, DirectionShape> shapeOf, Workers? crew) =>
        [.. group.Sizes.Select((count, number) => shapeOf(number).Draw(count, StreamOf(purpose, study, number), crew))];

    private ComparedRows[] Parted(Matrix[] drawn) => Array.ConvertAll(drawn, rows => ComparedRows.Parted(rows, group.Width));

    private RandomStream StreamOf(string purpose, int study, int number) =>
        new(options.ChanceSeed, purpose, (uint)(study * group.Sizes.Count + number));
}
