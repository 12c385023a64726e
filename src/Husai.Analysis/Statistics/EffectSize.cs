namespace Husai.Analysis.Statistics;

/// <summary>Standardised differences of two samples.</summary>
internal static class EffectSize
{
    /// <summary>Cohen's d: difference of the means over the pooled standard deviation.</summary>
    /// <exception cref="ArgumentException">A sample has fewer than two values.</exception>
    public static double CohenD(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length < 2 || second.Length < 2)
        {
            throw new ArgumentException($"samples of {first.Length} and {second.Length}: each needs two values", nameof(first));
        }

        var (firstMean, firstSquares) = Moments(first);
        var (secondMean, secondSquares) = Moments(second);
        return (firstMean - secondMean) / Math.Sqrt((firstSquares + secondSquares) / (first.Length + second.Length - 2));
    }

    /// <summary>Hedges' g: Cohen's d times 1 - 3 / (4 (n + m) - 9), which removes its bias in small samples (Hedges 1981).</summary>
    /// <exception cref="ArgumentException">A sample has fewer than two values.</exception>
    public static double HedgesG(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        CohenD(first, second) * (1 - 3.0 / (4 * (first.Length + second.Length) - 9));

    private static (double Mean, double SumOfSquares) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, squares);
    }
}
