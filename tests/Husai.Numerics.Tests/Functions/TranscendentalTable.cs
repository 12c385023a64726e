using System.Globalization;

namespace Husai.Numerics.Tests.Functions;

/// <summary>The points of <c>tests/Oracles/transcendental.csv</c>.</summary>
internal static class TranscendentalTable
{
    /// <summary>The largest error of a function over its points, in units in the last place of the exact result.</summary>
    public static double LargestError(string name, Func<double[], double> function)
    {
        using var reader = new StreamReader(typeof(TranscendentalTable).Assembly.GetManifestResourceStream("transcendental.csv")!);
        var worst = 0.0;
        var points = 0;
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            if (fields[0] != name)
            {
                continue;
            }

            points++;
            var numbers = fields[1..].Select(Number).ToArray();
            var (high, low) = (numbers[^2], numbers[^1]);
            var error = Math.Abs(function(numbers[..^2]) - high - low) / Ulp(high);
            worst = error > worst || double.IsNaN(error) ? error : worst;
        }

        Assert.True(points >= 100, $"the table has {points} points of {name}");
        return worst;
    }

    private static double Number(string hex) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static double Ulp(double value) => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
}
