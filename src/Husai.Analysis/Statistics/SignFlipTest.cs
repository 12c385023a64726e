using Husai.Numerics.Randomness;

namespace Husai.Analysis.Statistics;

/// <summary>Paired seeds: is the mean difference above zero? The sign of each difference is flipped.</summary>
internal static class SignFlipTest
{
    private const int LargestExact = 17;

    /// <summary>Tests the mean of the differences, one for each seed.</summary>
    /// <param name="differences">First minus second condition, for each seed.</param>
    /// <param name="samples">Random flips when there are too many seeds for all.</param>
    /// <param name="seed">Seed of the random flips.</param>
    /// <exception cref="ArgumentException">There are no differences.</exception>
    public static TestResult Mean(ReadOnlySpan<double> differences, int samples = 100_000, ulong seed = 0)
    {
        if (differences.IsEmpty)
        {
            throw new ArgumentException("no differences to test", nameof(differences));
        }

        var count = new RandomisationCount(MeanOf(differences, 0));
        var exact = differences.Length <= LargestExact;
        var stream = new RandomStream(seed, "sign flips");
        for (var flip = 0L; flip < (exact ? 1L << differences.Length : samples); flip++)
        {
            count.Add(MeanOf(differences, exact ? (ulong)flip : (ulong)stream.NextUInt32() << 32 | stream.NextUInt32()));
        }

        var smallest = 1.0;
        for (var i = 0; i < differences.Length; i++)
        {
            smallest /= 2;
        }

        return count.Result(exact, smallest, 2 * smallest);
    }

    private static double MeanOf(ReadOnlySpan<double> differences, ulong flips)
    {
        var sum = 0.0;
        for (var i = 0; i < differences.Length; i++)
        {
            sum += (flips >> (i % 64) & 1) == 1 ? -differences[i] : differences[i];
        }

        return sum / differences.Length;
    }
}
