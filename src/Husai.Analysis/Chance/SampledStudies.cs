using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>
/// Null studies for best matches, in which a sample of latents stands for one side: the samples of all other dictionaries are compared
/// with a dictionary at once.
/// </summary>
internal sealed class SampledStudies(SimilarityGroup group, StudyRunner runner)
{
    /// <summary>Runs the studies of similarities whose matcher is the best match and whose weights are one kind.</summary>
    /// <param name="stage">What the progress calls it.</param>
    /// <param name="numbers">Numbers of the similarities in the group.</param>
    /// <param name="draws">Studies of each similarity of the group.</param>
    /// <param name="draw">Draws a study.</param>
    /// <param name="set">Receives similarity, study, pair and score.</param>
    /// <param name="matched">Told the best matches of the first study under the group's first similarity, which must be among those that
    /// are run; or null.</param>
    public void Run(
        string stage, int[] numbers, int[] draws, Func<int, Workers?, SampledDictionaries> draw, Action<int, int, int, int, double> set,
        Action<IReadOnlyList<float>>? matched)
    {
        var similarities = Array.ConvertAll(numbers, number => group.Similarities[number]);
        runner.Run(stage, numbers.Max(number => draws[number]), long.MaxValue, (study, crew) =>
        {
            var found = Best(draw(study, crew), similarities, crew);
            foreach (var number in numbers.Where(number => study < draws[number]))
            {
                for (var i = 0; i < found.Length; i++)
                {
                    for (var j = i + 1; j < found.Length; j++)
                    {
                        set(
                            number, study, i, j,
                            (found[j].Score(group.Similarities[number], i) + found[i].Score(group.Similarities[number], j)) / 2);
                    }
                }
            }

            if (study == 0 && matched is not null)
            {
                matched(
                    [
                        .. found.SelectMany((_, i) =>
                            found.Where((_, j) => j != i).SelectMany(candidates =>
                                candidates.Of(group.Similarities[0].Cosine, i).ToArray()))]);
            }
        });
    }

    // For each dictionary the best similarity to its latents of the samples of all others.
    private OthersBest[] Best(SampledDictionaries drawn, SimilarityOptions[] similarities, Workers? workers)
    {
        var result = new OthersBest[drawn.Samples.Count];
        for (var j = 0; j < result.Length; j++)
        {
            runner.Cancellation.ThrowIfCancellationRequested();
            int[] others = [.. Enumerable.Range(0, result.Length).Where(i => i != j)];
            var samples = drawn.ToCoordinates(j, Stack(drawn.Samples, others), workers);
            var best = new BestOfBlocks(similarities, samples.Rows);
            foreach (var block in drawn.Candidates(j))
            {
                best.Add(block, samples, workers);
            }

            result[j] = new OthersBest(best, j, drawn.Samples);
        }

        return result;
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

    /// <summary>The samples of all dictionaries but one against that one's latents, one sample after the other.</summary>
    private sealed record OthersBest(BestOfBlocks Best, int Candidates, IReadOnlyList<Matrix> Samples)
    {
        public double Score(SimilarityOptions similarity, int other) => Best.Score(similarity, StartOf(other), Samples[other].Rows);

        public ReadOnlySpan<float> Of(CosineMeasure cosine, int other) => Best.Of(cosine).AsSpan(StartOf(other), Samples[other].Rows);

        private int StartOf(int other) =>
            Enumerable.Range(0, other).Where(number => number != Candidates).Sum(number => Samples[number].Rows);
    }
}
