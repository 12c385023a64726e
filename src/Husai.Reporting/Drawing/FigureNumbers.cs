using System.Globalization;

namespace Husai.Reporting.Drawing;

/// <summary>Numbers as text, the same on every machine.</summary>
internal static class FigureNumbers
{
    /// <summary>A coordinate: two decimals at most, no negative zero.</summary>
    public static string Coordinate(double value)
    {
        var text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>A value for data files: the shortest text that reads back to the same bits; empty if not finite.</summary>
    public static string Exact(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    /// <summary>A value with a fixed number of decimals.</summary>
    public static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A short form for reading, such as 1024, 0.05 or 1.2e-4.</summary>
    public static string Short(double value)
    {
        var size = Math.Abs(value);
        return size is 0 or >= 0.001 and < 1e6
            ? value.ToString(size < 1 ? "0.####" : size < 100 ? "0.##" : "0", CultureInfo.InvariantCulture)
            : value.ToString("0.##e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
    }

    /// <summary>10^exponent, correctly rounded.</summary>
    public static double PowerOfTen(int exponent) =>
        double.Parse("1e" + exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
