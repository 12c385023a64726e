using Husai.Analysis.Statistics;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results;

/// <summary>Numbers and comparisons in words; the words follow the numbers.</summary>
internal static class ResultText
{
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

    /// <summary>Items joined by commas and "and"; the first few of many.</summary>
    public static string Listed(IReadOnlyCollection<string> items, int most = 6)
    {
        var shown = items.Take(most).ToList();
        return items.Count == 0 ? "none"
            : items.Count > most ? $"{string.Join(", ", shown)} and {items.Count - most} more"
            : shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown.SkipLast(1))} and {shown[^1]}";
    }

    /// <summary>A rank correlation in words.</summary>
    public static string Of(RankRelation relation) => relation switch
    {
        RankRelation.Rises => "rises with it",
        RankRelation.Falls => "falls with it",
        RankRelation.Unrelated => "no clear relation",
        _ => "cannot be told",
    };
}
