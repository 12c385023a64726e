using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>Numbers and comparisons in words; the words follow the numbers.</summary>
internal static class Words
{
    public const string Rises = "rises with it";
    public const string Falls = "falls with it";
    public const string Unrelated = "no clear relation";

    public static string Number(double? value, int decimals = 3) => TableText.Number(value, decimals);

    public static string Percent(double? value) => TableText.Percent(value);

    /// <summary>A difference with its sign; none where it rounds to nothing.</summary>
    public static string Difference(double? ours, double published, int decimals = 3)
    {
        if (ours is not { } value || !double.IsFinite(value))
        {
            return TableText.Missing;
        }

        var text = TableText.Number(value - published, decimals);
        return text.All(digit => digit is '0' or '.' or '\u2212') ? text.TrimStart('\u2212') : (value > published ? "+" : "") + text;
    }

    /// <summary>Whether ours is the published value, within a tolerance.</summary>
    public static string Remade(string what, double? ours, double published, double tolerance, int decimals = 3) => ours is not { } value || !double.IsFinite(value)
        ? $"{what} was not measured."
        : Math.Abs(value - published) <= tolerance
            ? $"{what} is re-made: {Number(value, decimals)}, published {Number(published, decimals)}."
            : $"{what} is not re-made: {Number(value, decimals)}, published {Number(published, decimals)}.";

    /// <summary>Whether an interval of a chance-corrected score lies above, around or below 0.</summary>
    public static string AgainstChance(Interval? kappa) => kappa switch
    {
        null => "not measured",
        { Low: { } low } when low > 0 => "above chance",
        { High: { } high } when high < 0 => "below chance",
        { Low: not null } => "at chance",
        _ => kappa.Mean > 0 ? "above chance (no interval)" : "not above chance (no interval)",
    };

    /// <summary>Items joined by commas and "and"; the first few of many.</summary>
    public static string Listed(IReadOnlyCollection<string> items, int most = 6)
    {
        var shown = items.Take(most).ToList();
        return items.Count == 0 ? "none"
            : items.Count > most ? $"{string.Join(", ", shown)} and {items.Count - most} more"
            : shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown.SkipLast(1))} and {shown[^1]}";
    }

    /// <summary>
    /// A rank correlation in words. Below the two-sided 5% point of independent values, 1.96 / root(n - 1), it is called no relation; configurations share data, so this is a rough
    /// guide and no test.
    /// </summary>
    public static string Correlation(double rho, int count) => count < 4 || !double.IsFinite(rho)
        ? "cannot be told"
        : Math.Abs(rho) < 1.96 / Math.Sqrt(count - 1) ? Unrelated : rho > 0 ? Rises : Falls;
}
