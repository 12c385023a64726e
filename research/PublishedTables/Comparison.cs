using Husai.Reporting.Results;
using Husai.Reporting.Tables;

namespace PublishedTables;

/// <summary>A published value, what the original's own code gives when it is run again, and ours.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Published">The published value.</param>
/// <param name="Ours">Ours; null where it was not made.</param>
/// <param name="Rerun">The original's code run again: one value, or the lowest and the highest over transformers; null where it was
/// not run.</param>
/// <param name="Spread">How far runs of the same experiment lie apart; null where that is not known.</param>
/// <param name="Decimals">Digits to show.</param>
internal sealed record Comparison(
    string Name, double Published, double? Ours, (double Low, double High)? Rerun = null, double? Spread = null, int Decimals = 3)
{
    /// <summary>Headings of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["published", "the original's code, run again", "ours", "ours - published", "spread", "within it"];

    /// <summary>
    /// Whether ours lies within the spread of the published value or of that of the original's code; null if that is not said.
    /// </summary>
    public bool? IsMet => Ours is not { } ours || Spread is not { } spread
        ? null
        : Math.Abs(ours - Published) <= spread + Rounding
            || (Rerun is { } rerun && ours >= rerun.Low - spread - Rounding && ours <= rerun.High + spread + Rounding);

    // Published values are rounded.
    private double Rounding => 0.5 * Math.Pow(10, -Decimals);

    /// <summary>The cells of a row, after its name.</summary>
    public IReadOnlyList<string> Cells() =>
    [
        ResultText.Number(Published, Decimals),
        Rerun switch
        {
            null => TableText.Missing,
            var (low, high) when low == high => ResultText.Number(low, Decimals),
            var (low, high) => $"{ResultText.Number(low, Decimals)} to {ResultText.Number(high, Decimals)}",
        },
        ResultText.Number(Ours, Decimals), ResultText.Difference(Ours, Published, Decimals),
        // Where a re-run has a range, that may be all that is known of the spread.
        Spread is null or 0 ? TableText.Missing : ResultText.Number(Spread, Decimals),
        IsMet switch { null => TableText.Missing, true => "yes", false => "no" },
    ];

    /// <summary>How many lie within their spread, and which do not.</summary>
    public static string Summary(IEnumerable<Comparison> comparisons)
    {
        var said = comparisons.Where(comparison => comparison.IsMet is not null).ToList();
        var outside = said.Where(comparison => comparison.IsMet == false).Select(comparison => comparison.Name).ToList();
        return said.Count == 0 ? "Nothing of it was repeated."
            : outside.Count == 0 && said.Count == 1
                ? $"The {said[0].Name} lies within the spread of the published value or of the original's code, run again."
            : outside.Count == 0 ? $"All {said.Count} lie within the spread of the published value or of the original's code, run again."
            : $"{said.Count - outside.Count} of {said.Count} lie within the spread of the published value or of the original's code, run "
                + $"again; outside: {ResultText.Listed(outside, 12)}.";
    }

    /// <summary>A table of comparisons, a row for each.</summary>
    public static void Write(MarkdownText text, string first, IReadOnlyList<Comparison> comparisons) => text.Table(
        [first, .. Columns],
        comparisons.Select(comparison => (IReadOnlyList<string>)[comparison.Name, .. comparison.Cells()]));
}
