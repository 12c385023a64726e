using Husai.Analysis.Matching;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Similarity;

/// <summary>
/// The different latents of several SAEs put together: one of each group that point the same way, those first that most SAEs have, then
/// those that fire oftenest. Pooling of unique features over seeds is from Gerasimov et al. 2026 (arXiv:2606.12138), of which we read the
/// abstract only; the rule is ours.
/// </summary>
internal static class PooledLatents
{
    /// <summary>Pools the live latents of SAEs.</summary>
    /// <param name="members">At least two SAEs of one width.</param>
    /// <param name="most">Most latents to take.</param>
    /// <param name="foundCosine">Signed decoder cosine from which two latents point the same way, in (0, 1].</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[at most <paramref name="most"/>, width]</c>: unit decoder rows of which no two point the same way.</returns>
    /// <exception cref="ArgumentException">There are fewer than two SAEs, or none of the latents of one is alive.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Matrix Of(IReadOnlyList<LatentDictionary> members, int most, double foundCosine = 0.7, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(foundCosine);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(foundCosine, 1);
        if (members.Count < 2)
        {
            throw new ArgumentException("pooling needs two SAEs or more", nameof(members));
        }

        var candidates = Candidates(members, foundCosine, workers);
        var taken = new Matrix(Math.Min(most, candidates.Count), members[0].Width);
        var count = 0;
        foreach (var candidate in candidates
            .OrderByDescending(candidate => candidate.Members).ThenByDescending(candidate => candidate.FiringFrequency))
        {
            if (count == taken.Rows)
            {
                break;
            }

            if (!PointsLikeAny(candidate.Row, taken, count, foundCosine))
            {
                candidate.Row.CopyTo(taken.Row(count++));
            }
        }

        return taken.SliceRows(0, count).Clone();
    }

    private static List<Candidate> Candidates(IReadOnlyList<LatentDictionary> members, double foundCosine, Workers? workers)
    {
        var selections = members.Select(member => LatentSelection.Of(member, new SimilarityOptions())).ToList();
        var rows = members.Select((member, index) => UnitRows.Of(selections[index].RowsOf(member.Decoder), workers)).ToList();
        var counts = rows.ConvertAll(member => new int[member.Rows]);
        for (var first = 0; first < rows.Count; first++)
        {
            for (var second = first + 1; second < rows.Count; second++)
            {
                var match = MaximumMatcher.Find(rows[first], rows[second], CosineMeasure.Signed, workers);
                Count(counts[first], match.RowSimilarity, foundCosine);
                Count(counts[second], match.ColumnSimilarity, foundCosine);
            }
        }

        var candidates = new List<Candidate>();
        for (var member = 0; member < rows.Count; member++)
        {
            var frequencies = members[member].FiringFrequencies;
            for (var row = 0; row < rows[member].Rows; row++)
            {
                candidates.Add(new Candidate(
                    rows[member].Row(row).ToArray(), counts[member][row], frequencies?[selections[member].Latents[row]] ?? 0));
            }
        }

        return candidates;
    }

    private static void Count(int[] counts, float[] similarities, double foundCosine)
    {
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] += similarities[row] >= foundCosine ? 1 : 0;
        }
    }

    private static bool PointsLikeAny(float[] row, Matrix taken, int count, double foundCosine)
    {
        for (var other = 0; other < count; other++)
        {
            if (Reductions.Dot(row, taken.Row(other)) >= foundCosine)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Candidate(float[] Row, int Members, double FiringFrequency);
}
