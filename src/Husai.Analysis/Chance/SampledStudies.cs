using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Null studies for best matches, in which a sample of latents stands for one side: the samples of all other dictionaries are held against a dictionary at once.</summary>
internal sealed class SampledStudies(SimilarityGroup group, StudyRunner runner)
{
    /// <summary>Runs the studies of similarities whose matcher is the best match and whose weights are one kind.</summary>
    /// <param name="stage">What the progress calls it.</param>
    /// <param name="numbers">Numbers of the similarities in the group.</param>
    /// <param name="draws">Studies of each similarity of the group.</param>
    /// <param name="draw">Draws a study.</param>
    /// <param name="set">Receives similarity, study, pair and score.</param>
    /// <param name="matched">Told the best matches of the first study under the group's first similarity, which must be among those that are run; or null.</param>
    public void Run(
        string stage, int[] numbers, int[] draws, Func<int, Workers?, SampledDictionaries> draw, Action<int, int, int, int, double> set, Action<IReadOnlyList<float>>? matched)
    {
        var signs = numbers.Select(number => group.Similarities[number].Cosine).Distinct().ToArray();
        runner.Run(stage, numbers.Max(number => draws[number]), long.MaxValue, (study, crew) =>
        {
            var drawn = draw(study, crew);
            var best = Best(drawn, signs, crew);
            foreach (var number in numbers.Where(number => study < draws[number]))
            {
                var similarity = group.Similarities[number];
                var sign = Array.IndexOf(signs, similarity.Cosine);
                for (var i = 0; i < best.Length; i++)
                {
                    for (var j = i + 1; j < best.Length; j++)
                    {
                        set(number, study, i, j, (Reduced(best[i][j][sign], similarity) + Reduced(best[j][i][sign], similarity)) / 2);
                    }
                }
            }

            if (study == 0 && matched is not null)
            {
                var sign = Array.IndexOf(signs, group.Similarities[0].Cosine);
                matched([.. best.SelectMany((others, i) => others.Where((_, j) => j != i).SelectMany(found => found[sign]))]);
            }
        });
    }

    // [i][j][sign]: best similarity in dictionary j of each latent of i's sample.
    private float[][][][] Best(SampledDictionaries drawn, CosineMeasure[] signs, Workers? workers)
    {
        var count = drawn.Samples.Count;
        var best = Enumerable.Range(0, count).Select(_ => new float[count][][]).ToArray();
        for (var j = 0; j < count; j++)
        {
            runner.Cancellation.ThrowIfCancellationRequested();
            int[] others = [.. Enumerable.Range(0, count).Where(i => i != j)];
            var samples = drawn.ToCoordinates(j, Stack(drawn.Samples, others), workers);
            var maxima = signs.Select(_ => NegativeInfinities(samples.Rows)).ToArray();
            foreach (var block in drawn.Candidates(j))
            {
                Update(maxima, block, samples, signs, workers);
            }

            var start = 0;
            foreach (var i in others)
            {
                var rows = drawn.Samples[i].Rows;
                best[i][j] = Array.ConvertAll(maxima, values => values.AsSpan(start, rows).ToArray());
                start += rows;
            }
        }

        return best;
    }

    // The samples on the right: they are what gets copied into panels.
    private static void Update(float[][] maxima, Matrix block, Matrix samples, CosineMeasure[] signs, Workers? workers)
    {
        var found = signs.Length == 1
            ? [MaximumMatcher.Find(block, samples, signs[0], workers)]
            : Ordered(MaximumMatcher.FindAbsoluteAndSigned(block, samples, workers), signs);
        for (var sign = 0; sign < signs.Length; sign++)
        {
            for (var row = 0; row < samples.Rows; row++)
            {
                maxima[sign][row] = Math.Max(maxima[sign][row], found[sign].ColumnSimilarity[row]);
            }
        }
    }

    private static Match[] Ordered((Match Absolute, Match Signed) found, CosineMeasure[] signs) =>
        signs[0] == CosineMeasure.Absolute ? [found.Absolute, found.Signed] : [found.Signed, found.Absolute];

    private static double Reduced(float[] best, SimilarityOptions similarity) => similarity.Reduction == MatchReduction.Mean
        ? best.Sum(value => (double)value) / best.Length
        : best.Count(value => value > similarity.Threshold) / (double)best.Length;

    private static float[] NegativeInfinities(int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NegativeInfinity);
        return values;
    }

    private static Matrix Stack(IReadOnlyList<Matrix> samples, int[] numbers)
    {
        var result = new Matrix(numbers.Sum(number => samples[number].Rows), samples[numbers[0]].Columns);
        var start = 0;
        foreach (var number in numbers)
        {
            result.SliceRows(start, samples[number].Rows).CopyFrom(samples[number]);
            start += samples[number].Rows;
        }

        return result;
    }
}
