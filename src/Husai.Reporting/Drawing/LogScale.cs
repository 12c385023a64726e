using System.Globalization;
using Husai.Numerics.Functions;

namespace Husai.Reporting.Drawing;

/// <summary>
/// A logarithmic axis; ticks stand at powers of ten, on short axes at 2 and 5 times them too, on the shortest at even distances.
/// </summary>
internal sealed class LogScale : Scale
{
    private static readonly int[] Digits = [1, 2, 5];
    private readonly double _low;
    private readonly double _high;

    /// <param name="low">Start of the axis, positive.</param>
    /// <param name="high">End of the axis, positive.</param>
    public LogScale(double low, double high)
    {
        _low = low;
        _high = high > low ? high : low * 10;
    }

    /// <summary>An axis for the positive ones of these values, with a little air at both ends.</summary>
    public static LogScale Around(IEnumerable<double> values)
    {
        var positive = values.Where(value => double.IsFinite(value) && value > 0).ToArray();
        if (positive.Length == 0)
        {
            return new LogScale(1, 10);
        }

        var air = Math.Max(1.15, Transcendental.Pow(positive.Max() / positive.Min(), 0.04));
        return new LogScale(positive.Min() / air, positive.Max() * air);
    }

    public override bool Shows(double value) => double.IsFinite(value) && value > 0;

    public override double Position(double value) =>
        Transcendental.Log(value / _low) / Transcendental.Log(_high / _low);

    public override IReadOnlyList<Tick> Ticks(int most)
    {
        var decades = Decades();
        if (decades.Count * 3 <= most + 2)
        {
            var ticks = Between(Digits, decades[0] - 1, decades[^1]).Select(value => new Tick(value, Label(value, plain: true))).ToList();

            // So short an axis is almost linear.
            return ticks.Count > 1 ? ticks : new LinearScale(_low, _high).Ticks(most);
        }

        var stride = (decades.Count + most - 1) / most;
        var plain = decades[0] >= -3 && decades[^1] <= 4;
        return [.. decades.Select(exponent => (exponent, FigureNumbers.PowerOfTen(exponent)))
            .Select(pair => new Tick(pair.Item2, pair.exponent % stride == 0 ? Label(pair.Item2, plain, pair.exponent) : ""))];
    }

    // Every power of ten on the axis; the next one below it when there is none.
    private List<int> Decades()
    {
        List<int> decades = [];
        for (var exponent = -300; exponent <= 300; exponent++)
        {
            if (FigureNumbers.PowerOfTen(exponent) is var power && power >= _low && power <= _high)
            {
                decades.Add(exponent);
            }
        }

        return decades.Count > 0 ? decades : [(int)Math.Floor(Transcendental.Log(_low) / Transcendental.Log(10))];
    }

    private IEnumerable<double> Between(int[] digits, int first, int last) =>
        from exponent in Enumerable.Range(first, last - first + 1)
        from digit in digits
        let value = exponent >= 0 ? digit * FigureNumbers.PowerOfTen(exponent) : digit / FigureNumbers.PowerOfTen(-exponent)
        where value >= _low && value <= _high
        select value;

    private static string Label(double value, bool plain, int exponent = 0) => plain
        ? FigureNumbers.Short(value)
        : exponent == 0 ? "1" : "10^" + exponent.ToString(CultureInfo.InvariantCulture);
}
