namespace Husai.Transformers.Activations;

/// <summary>Where the values of a matrix lie; enough to see that activations are neither empty nor beyond all measure.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Their standard deviation about that mean, divided by their number.</param>
/// <param name="Least">The least.</param>
/// <param name="Largest">The largest.</param>
internal sealed record ValueSummary(double Mean, double StandardDeviation, double Least, double Largest)
{
    /// <summary>Summarises values. Sums are in double precision and in index order.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static ValueSummary Of(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("no values to summarise", nameof(values));
        }

        var (sum, least, largest) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            sum += value;
            least = Math.Min(least, value);
            largest = Math.Max(largest, value);
        }

        var (mean, squares) = (sum / values.Length, 0.0);
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new ValueSummary(mean, Math.Sqrt(squares / values.Length), least, largest);
    }
}
