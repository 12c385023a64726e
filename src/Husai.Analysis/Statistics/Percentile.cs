using System.Numerics;

namespace Husai.Analysis.Statistics;

/// <summary>The value below which a share of values lies.</summary>
internal static class Percentile
{
    /// <summary>Between neighbours linearly (Hyndman and Fan 1996, definition 7).</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">0 to 1.</param>
    public static double OfSorted<T>(ReadOnlySpan<T> sorted, double share)
        where T : INumber<T>
    {
        var position = share * (sorted.Length - 1);
        var lower = (int)position;
        var value = double.CreateChecked(sorted[lower]);
        return lower + 1 == sorted.Length ? value : value + (position - lower) * (double.CreateChecked(sorted[lower + 1]) - value);
    }
}
