namespace Husai.Reporting.Drawing;

/// <summary>
/// Sizes of text without a font file: advance widths of Helvetica and its metric twins, a little enlarged so that wider fallback fonts fit
/// too.
/// </summary>
internal static class TextMetrics
{
    private const double Allowance = 1.06;

    /// <summary>Height of a line of capitals over its baseline, in font sizes.</summary>
    public const double Ascent = 0.74;

    /// <summary>Depth below the baseline, in font sizes.</summary>
    public const double Descent = 0.22;

    /// <summary>Size of an exponent, in font sizes of its base.</summary>
    public const double ExponentScale = 0.75;

    // Advance widths of U+0020..U+007E in thousandths of the font size.
    private static readonly int[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>Width of a line in the units of its font size. <c>10^-3</c> counts as 10 with a raised -3.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        var (plain, exponent) = Split(text);
        return (Plain(plain) + (ExponentScale * Plain(exponent))) * size * Allowance * (bold ? 1.07 : 1) / 1000;
    }

    /// <summary>How far an exponent is raised, in font sizes of its base.</summary>
    public const double ExponentRise = 0.36;

    /// <summary>Splits <c>10^-3</c> into its base and its exponent; other text has no exponent.</summary>
    public static (string Base, string Exponent) Split(string text) =>
        text.StartsWith("10^", StringComparison.Ordinal) ? ("10", text[3..].Replace('-', '\u2212')) : (text, "");

    /// <summary>Shortens text to a width, with an ellipsis.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }

        var length = text.Length;
        while (length > 1 && Width(text[..length] + "…", size) > width)
        {
            length--;
        }

        return text[..length] + "…";
    }

    private static double Plain(string text) =>
        text.Sum(character => character is >= ' ' and <= '~' ? Widths[character - ' '] : character == '\u2212' ? 584 : 700);
}
