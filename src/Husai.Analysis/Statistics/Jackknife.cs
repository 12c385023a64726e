using Husai.Analysis.Statistics.Distributions;

namespace Husai.Analysis.Statistics;

/// <summary>Leave-one-seed-out intervals: the sample are the seeds, not the pairs of them.</summary>
internal static class Jackknife
{
    /// <summary>
    /// Interval of the mean over all pairs of seeds; null ends with fewer than three seeds, since leaving one out leaves no pair.
    /// </summary>
    /// <param name="pairs">Symmetric <c>[seeds, seeds]</c>; the diagonal is not read.</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    /// <exception cref="ArgumentException">The matrix is not square or has fewer than two seeds.</exception>
    public static Interval OfPairs(double[][] pairs, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Length < 2 || pairs.Any(row => row.Length != pairs.Length))
        {
            throw new ArgumentException(
                $"[{pairs.Length}, {(pairs.Length > 0 ? pairs[0].Length : 0)}] holds no pairs of seeds", nameof(pairs));
        }

        return Of(pairs.Length, leftOut => PairMean.Of(pairs, leftOut), confidence, fewestSeeds: 3);
    }

    /// <summary>Interval of the mean of one value for each seed.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    public static Interval OfMean(IReadOnlyList<double> values, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Of(values.Count, leftOut => values.Where((_, index) => index != leftOut).Average(), confidence);
    }

    /// <summary>
    /// Interval of any statistic: t with seeds - 1 degrees of freedom, SE² = (S - 1) / S times the sum of squares about the leave-one-out
    /// mean.
    /// </summary>
    /// <param name="seeds">Number S of seeds.</param>
    /// <param name="statistic">The statistic without the seed of the given number; of all seeds for -1.</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    /// <param name="fewestSeeds">Below this number of seeds only the estimate is given.</param>
    public static Interval Of(int seeds, Func<int, double> statistic, double confidence = 0.95, int fewestSeeds = 2)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var estimate = statistic(-1);
        if (seeds < Math.Max(2, fewestSeeds))
        {
            return new Interval(estimate, null, null, null, confidence, seeds);
        }

        var partial = Enumerable.Range(0, seeds).Select(statistic).ToArray();
        var mean = partial.Average();
        var error = Math.Sqrt((seeds - 1.0) / seeds * partial.Sum(value => (value - mean) * (value - mean)));
        var half = error * StudentQuantile.TwoSided(seeds - 1, confidence);
        return new Interval(estimate, error, estimate - half, estimate + half, confidence, seeds);
    }
}
