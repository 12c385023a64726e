namespace Husai.Formats.Histograms;

/// <summary>Counts of values in bins of equal width, with the moments that trackers show beside them.</summary>
/// <remarks>Values that are not finite fall into no bin. If all values are equal, the bins span one around them.</remarks>
internal sealed class Histogram
{
    /// <summary>Counts values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    public Histogram(ReadOnlySpan<float> values, int bins = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var (minimum, maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
                Count++;
                Sum += value;
                SumOfSquares += (double)value * value;
            }
        }

        (Minimum, Maximum) = Count == 0 ? (0, 0) : (minimum, maximum);
        var (low, high) = Maximum > Minimum ? (Minimum, Maximum) : (Minimum - 0.5, Maximum + 0.5);
        Edges = new double[bins + 1];
        for (var i = 0; i <= bins; i++)
        {
            Edges[i] = i == bins ? high : low + (high - low) * i / bins;
        }

        Counts = new long[bins];
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                Counts[Math.Min((int)((value - low) / (high - low) * bins), bins - 1)]++;
            }
        }
    }

    /// <summary>Values in each bin.</summary>
    public long[] Counts { get; }

    /// <summary>Bounds of the bins, one more than there are bins, rising.</summary>
    public double[] Edges { get; }

    /// <summary>Number of finite values.</summary>
    public long Count { get; }

    /// <summary>The smallest finite value; 0 if there is none.</summary>
    public double Minimum { get; }

    /// <summary>The largest finite value; 0 if there is none.</summary>
    public double Maximum { get; }

    /// <summary>Sum of the finite values.</summary>
    public double Sum { get; }

    /// <summary>Sum of the squares of the finite values.</summary>
    public double SumOfSquares { get; }
}
