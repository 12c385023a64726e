using System.Globalization;

namespace Husai.Reporting.Drawing;

/// <summary>A linear axis; ticks stand at 1, 2 or 5 times a power of ten.</summary>
internal sealed class LinearScale : Scale
{
    private static readonly int[] Steps = [1, 2, 5];

    /// <param name="low">Start of the axis.</param>
    /// <param name="high">End of the axis; moved when it equals the start.</param>
    public LinearScale(double low, double high)
    {
        Low = low;
        High = high > low ? high : low + 1;
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>An axis for these values with a little air at both ends, from zero if they are near it.</summary>
    public static LinearScale Around(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
        {
            return new LinearScale(0, 1);
        }

        var (low, high) = (finite.Min(), finite.Max());
        var air = high > low ? 0.04 * (high - low) : Math.Max(Math.Abs(high) * 0.1, 0.01);
        var start = low >= 0 && low < 0.3 * high ? 0 : low - air;
        return new LinearScale(start, high + air);
    }

    public override double Position(double value) => (value - Low) / (High - Low);

    public override IReadOnlyList<Tick> Ticks(int most)
    {
        for (var exponent = Exponent((High - Low) / 100); ; exponent++)
        {
            foreach (var digit in Steps)
            {
                var ticks = At(digit, exponent);
                if (ticks.Count <= Math.Max(2, most))
                {
                    return ticks;
                }
            }
        }
    }

    private List<Tick> At(int digit, int exponent)
    {
        var unit = FigureNumbers.PowerOfTen(Math.Abs(exponent));
        double Multiple(long index) => exponent >= 0 ? index * digit * unit : index * digit / unit;
        var step = Multiple(1);
        var slack = 1e-9 * (High - Low);
        List<Tick> ticks = [];
        for (var index = (long)Math.Ceiling((Low - slack) / step); Multiple(index) <= High + slack; index++)
        {
            ticks.Add(new Tick(Multiple(index), Label(Multiple(index), Math.Max(0, -exponent))));
        }

        return ticks;
    }

    private static string Label(double value, int decimals) => Math.Abs(value) >= 10000
        ? value.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", "\u2009", StringComparison.Ordinal)
        : FigureNumbers.Fixed(value == 0 ? 0 : value, decimals).Replace('-', '\u2212');

    private static int Exponent(double value)
    {
        var exponent = -300;
        while (FigureNumbers.PowerOfTen(exponent) < value)
        {
            exponent++;
        }

        return exponent - 1;
    }
}
