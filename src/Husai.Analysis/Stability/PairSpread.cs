using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>How the similarities of the pairs of a set lie about their mean. Pairs that share an SAE depend on each other.</summary>
/// <param name="Pairs">Number of pairs.</param>
/// <param name="StandardDeviation">Sample standard deviation; null for one pair.</param>
/// <param name="Least">The least alike pair.</param>
/// <param name="Median">The median.</param>
/// <param name="Largest">The most alike pair.</param>
/// <param name="ShareAboveThreshold">Share of the pairs above <see cref="Threshold"/>, in [0, 1].</param>
public sealed record PairSpread(
    int Pairs, double? StandardDeviation, double Least, double Median, double Largest, double ShareAboveThreshold)
{
    /// <summary>The similarity above which the original project calls two SAEs alike.</summary>
    public const double Threshold = 0.7;

    /// <summary>Summarises the pairs above the diagonal.</summary>
    /// <param name="matrix">Similarity of every two, at least two rows.</param>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    public static PairSpread Of(double[][] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        double[] values = [.. matrix.SelectMany((row, index) => row.Skip(index + 1)).Order()];
        if (values.Length == 0)
        {
            throw new ArgumentException($"{matrix.Length} rows have no pair", nameof(matrix));
        }

        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return new PairSpread(
            values.Length, values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1)) : null, values[0],
            Percentile.OfSorted<double>(values, 0.5), values[^1],
            (double)values.Count(value => value > Threshold) / values.Length);
    }
}
