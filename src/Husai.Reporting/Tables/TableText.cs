using Husai.Analysis.Chance;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tables;

/// <summary>Cells of tables.</summary>
internal static class TableText
{
    /// <summary>For a value that was not measured.</summary>
    public const string Missing = "–";

    public static string Number(double? value, int decimals = 3) =>
        value is { } number && double.IsFinite(number) ? FigureNumbers.Fixed(number, decimals).Replace('-', '\u2212') : Missing;

    public static string Percent(double? value) =>
        value is { } number && double.IsFinite(number) ? FigureNumbers.Fixed(100 * number, 1) + "%" : Missing;

    /// <summary>Mean and interval, such as <c>0.412 [0.397, 0.427]</c>.</summary>
    public static string Interval(Interval? interval, int decimals = 3) => interval switch
    {
        null => Missing,
        { Low: { } low, High: { } high } => $"{Number(interval.Mean, decimals)} [{Number(low, decimals)}, {Number(high, decimals)}]",
        _ => Number(interval.Mean, decimals),
    };

    /// <summary>A chance-corrected score with its interval; missing where it is refused.</summary>
    public static string Kappa(Kappa? kappa) => kappa?.ToText().Replace('-', '\u2212') ?? Missing;

    /// <summary>A chance-corrected number without an interval; missing where it is refused.</summary>
    public static string Kappa(double? kappa) =>
        kappa is { } number && double.IsFinite(number) ? Analysis.Stability.Kappa.Text(number).Replace('-', '\u2212') : Missing;

    /// <summary>A level, with its standard error where it was drawn.</summary>
    public static string Chance(ChanceLevel? level) => level switch
    {
        null => Missing,
        { Draws: > 0 } => $"{Number(level.Value)} ± {FigureNumbers.Fixed(level.StandardError, 4)}",
        _ => Number(level.Value),
    };

    public static string P(double? p) => p switch
    {
        null => Missing,
        < 0.0001 => "< 0.0001",
        _ => Number(p, 4),
    };
}
