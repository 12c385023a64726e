using Husai.Numerics.Randomness;

namespace Husai.Analysis.Statistics;

/// <summary>Is one set of seeds more alike within itself than another? A permutation test of the condition labels over seeds.</summary>
internal static class PermutationTest
{
    /// <summary>Labellings up to which all are looked at.</summary>
    public const long LargestExact = 200_000;

    /// <summary>Statistic: mean similarity within the first condition minus that within the second.</summary>
    /// <param name="similarities">
    /// Symmetric <c>[seeds, seeds]</c> over both conditions, the first condition's seeds first; the diagonal is not read. Pairs of NaN do
    /// not count, and neither do relabellings that leave a condition without a pair; when the conditions themselves are so, the statistic
    /// is NaN.
    /// </param>
    /// <param name="firstSeeds">Seeds of the first condition; both need at least two.</param>
    /// <param name="samples">Random labellings when there are too many for all.</param>
    /// <param name="seed">Seed of the random labellings.</param>
    /// <exception cref="ArgumentException">The matrix is not square, or a condition has fewer than two seeds.</exception>
    public static TestResult Within(double[,] similarities, int firstSeeds, int samples = 100_000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(similarities);
        var seeds = similarities.GetLength(0);
        if (seeds != similarities.GetLength(1) || firstSeeds < 2 || seeds - firstSeeds < 2)
        {
            throw new ArgumentException(
                $"{firstSeeds} seeds against {seeds - firstSeeds}, of a [{seeds}, {similarities.GetLength(1)}] matrix: each condition "
                    + $"needs two",
                nameof(firstSeeds));
        }

        var isFirst = new bool[seeds];
        isFirst.AsSpan(0, firstSeeds).Fill(true);
        var count = new RandomisationCount(Statistic(similarities, isFirst));
        var labellings = Combinations(seeds, firstSeeds);
        var exact = labellings <= LargestExact;
        if (exact)
        {
            AddAll(count, similarities, isFirst, 0, firstSeeds);
        }
        else
        {
            var stream = new RandomStream(seed, "permutation test");
            for (var sample = 0; sample < samples; sample++)
            {
                Array.Clear(isFirst);
                foreach (var index in stream.Sample(seeds, firstSeeds))
                {
                    isFirst[index] = true;
                }

                count.Add(Statistic(similarities, isFirst));
            }
        }

        // With equal sizes the exchanged labels give the same size with the other sign.
        return count.Result(exact, 1 / labellings, (2 * firstSeeds == seeds ? 2 : 1) / labellings);
    }

    private static void AddAll(RandomisationCount count, double[,] similarities, bool[] isFirst, int position, int left)
    {
        if (left > isFirst.Length - position)
        {
            return;
        }

        if (position == isFirst.Length)
        {
            count.Add(Statistic(similarities, isFirst));
            return;
        }

        if (left > 0)
        {
            isFirst[position] = true;
            AddAll(count, similarities, isFirst, position + 1, left - 1);
        }

        isFirst[position] = false;
        AddAll(count, similarities, isFirst, position + 1, left);
    }

    private static double Statistic(double[,] similarities, bool[] isFirst)
    {
        double first = 0, second = 0;
        int firstPairs = 0, secondPairs = 0;
        for (var i = 0; i < isFirst.Length; i++)
        {
            for (var j = i + 1; j < isFirst.Length; j++)
            {
                if (double.IsNaN(similarities[i, j]))
                {
                    continue;
                }

                if (isFirst[i] && isFirst[j])
                {
                    first += similarities[i, j];
                    firstPairs++;
                }
                else if (!isFirst[i] && !isFirst[j])
                {
                    second += similarities[i, j];
                    secondPairs++;
                }
            }
        }

        return first / firstPairs - second / secondPairs;
    }

    private static double Combinations(int n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++)
        {
            result = result * (n - k + i) / i;
        }

        return Math.Round(result);
    }
}
