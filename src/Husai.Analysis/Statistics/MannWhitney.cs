using Husai.Analysis.Statistics.Distributions;

namespace Husai.Analysis.Statistics;

/// <summary>
/// Mann-Whitney U test. Over pairs of seeds it takes dependent values for independent ones; it is here only to give published numbers as
/// they were published.
/// </summary>
/// <param name="U">Number of pairs in which the first sample is larger; ties count one half.</param>
/// <param name="ExactGreater">Exact one-sided p; null when there are ties.</param>
/// <param name="ExactTwoSided">Exact two-sided p; null when there are ties.</param>
/// <param name="AsymptoticGreater">One-sided p of the normal approximation with continuity correction.</param>
/// <param name="AsymptoticTwoSided">Two-sided p of the normal approximation with continuity correction.</param>
public sealed record MannWhitney(
    double U, double? ExactGreater, double? ExactTwoSided, double AsymptoticGreater, double AsymptoticTwoSided)
{
    /// <summary>Tests whether the first sample tends to be larger.</summary>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static MannWhitney Test(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            throw new ArgumentException($"samples of {first.Length} and {second.Length}", nameof(first));
        }

        var u = 0.0;
        foreach (var a in first)
        {
            foreach (var b in second)
            {
                u += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }

        return FromU(u, first.Length, second.Length, TieSum([.. first, .. second]));
    }

    /// <summary>The p values that belong to a statistic without ties.</summary>
    public static MannWhitney FromU(double u, int first, int second) => FromU(u, first, second, 0);

    private static MannWhitney FromU(double u, int first, int second, double tieSum)
    {
        double n = first + second, pairs = (double)first * second;
        var deviation = Math.Sqrt(pairs / 12 * (n + 1 - tieSum / (n * (n - 1))));
        var z = (u - pairs / 2 - 0.5) / deviation;
        var absoluteZ = (Math.Abs(u - pairs / 2) - 0.5) / deviation;
        var greater = deviation > 0 ? NormalTail.Above(z) : 1;
        var twoSided = deviation > 0 ? Math.Min(1, 2 * NormalTail.Above(absoluteZ)) : 1;
        if (tieSum > 0 || pairs > 10_000)
        {
            return new MannWhitney(u, null, null, greater, twoSided);
        }

        var exactGreater = ExactAtLeast(u, first, second);
        var exactUpper = ExactAtLeast(Math.Max(u, pairs - u), first, second);
        return new MannWhitney(u, exactGreater, Math.Min(1, 2 * exactUpper), greater, twoSided);
    }

    // Number of arrangements with each value of U: the coefficients of a Gaussian binomial, one factor (1 - q^(m+i)) / (1 - q^i) at a time.
    private static double ExactAtLeast(double u, int first, int second)
    {
        var counts = new double[first * second + 1];
        counts[0] = 1;
        for (var i = 1; i <= first; i++)
        {
            for (var power = counts.Length - 1; power >= second + i; power--)
            {
                counts[power] -= counts[power - second - i];
            }

            for (var power = i; power < counts.Length; power++)
            {
                counts[power] += counts[power - i];
            }
        }

        var tail = 0.0;
        for (var power = (int)Math.Ceiling(u); power < counts.Length; power++)
        {
            tail += counts[power];
        }

        return tail / counts.Sum();
    }

    private static double TieSum(double[] values) =>
        values.GroupBy(value => value).Sum(group => (double)group.Count() * group.Count() * group.Count() - group.Count());
}
