using Husai.Analysis.Matching.Candidates;
using Husai.Analysis.Similarity;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>Null studies whose dictionaries are drawn and compared as a whole.</summary>
internal static class WholeStudies
{
    /// <summary>Scores every pair of a set under every similarity.</summary>
    /// <param name="rows">The set.</param>
    /// <param name="similarities">The similarities.</param>
    /// <param name="bothCosines">Whether best matches by cosine and by absolute cosine are both wanted.</param>
    /// <param name="set">Receives the score of a similarity (by number) for a pair.</param>
    /// <param name="matched">Told the matches of each pair, or null.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="rounds">Told how far the one-to-one match of a large pair has come, or null.</param>
    /// <param name="nearest">Told the share of a pair whose best matches are found, or null.</param>
    public static void Score(
        IReadOnlyList<ComparedRows> rows, IReadOnlyList<(int Number, SimilarityOptions Similarity)> similarities, bool bothCosines,
        Action<int, int, int, double> set,
        Action<int, int, PairMatches>? matched, Workers? workers, CancellationToken cancellation, RoundProgress? rounds = null,
        Action<double>? nearest = null)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = i + 1; j < rows.Count; j++)
            {
                var matches = new PairMatches(rows[i], rows[j], bothCosines, workers, cancellation, rounds, nearest);
                foreach (var (number, similarity) in similarities)
                {
                    set(number, i, j, matches.ValueOf(similarity));
                }

                matched?.Invoke(i, j, matches);
            }
        }
    }

    /// <summary>
    /// The same for random dictionaries, whose one-to-one scores are extrapolated from parts where the dictionaries are large.
    /// </summary>
    public static void ScoreRandom(
        IReadOnlyList<ComparedRows> rows, IReadOnlyList<(int Number, SimilarityOptions Similarity)> similarities, bool bothCosines,
        Action<int, int, int, ExtrapolatedScore> set, Action<int, int, PairMatches>? matched, Workers? workers,
        CancellationToken cancellation)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = i + 1; j < rows.Count; j++)
            {
                var matches = new PairMatches(rows[i], rows[j], bothCosines, workers, cancellation);
                foreach (var (number, similarity) in similarities)
                {
                    set(number, i, j, ExtrapolatedScore.Applies(similarity, rows[i].Count, rows[j].Count)
                        ? ExtrapolatedScore.Of(rows[i], rows[j], similarity, workers, cancellation)
                        : new ExtrapolatedScore(matches.ValueOf(similarity), 0));
                }

                matched?.Invoke(i, j, matches);
            }
        }
    }

    /// <summary>Scores every pair of a dictionary before a boundary with one after it.</summary>
    public static void ScoreBetween(
        IReadOnlyList<ComparedRows> rows, int boundary, SimilarityOptions similarity, Action<int, int, double> set, Workers? workers,
        CancellationToken cancellation)
    {
        for (var i = 0; i < boundary; i++)
        {
            for (var j = boundary; j < rows.Count; j++)
            {
                set(i, j, new PairMatches(rows[i], rows[j], bothCosines: false, workers, cancellation).ValueOf(similarity));
            }
        }
    }

    /// <summary>Scores the pairs of a group across a boundary.</summary>
    public static void ScoreBetween(SimilarityGroup group, int boundary, Action<int, int, double> set, StudyRunner runner) =>
        ScoreBetween(group.Rows, boundary, group.Similarities[0], set, runner.Workers, runner.Cancellation);
}
