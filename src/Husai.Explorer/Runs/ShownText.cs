using System.Globalization;
using Husai.Formats.Text;

namespace Husai.Explorer.Runs;

/// <summary>Text and numbers as pages show them.</summary>
internal static class ShownText
{
    public const string Missing = "–";

    /// <summary>A name of others: what steers a terminal or turns the line is written out, and a long one is cut.</summary>
    public static string Name(string name) => PrintableText.Name(name);

    /// <summary>A number to so many decimals.</summary>
    public static string Number(double? value, int decimals = 3) => value is { } number && double.IsFinite(number)
        ? number.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '\u2212')
        : Missing;

    /// <summary>A share of rows: three digits, however small it is.</summary>
    public static string Share(double? value) => value is { } number && double.IsFinite(number)
        ? number == 0 ? "0"
            : number >= 0.001 ? Number(number, 4)
            : number.ToString("0.00e0", CultureInfo.InvariantCulture).Replace('-', '\u2212')
        : Missing;

    /// <summary>A whole number.</summary>
    public static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
}
