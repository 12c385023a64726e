using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>Intervals of a mean over seeds.</summary>
internal static class SeedIntervals
{
    /// <summary>Mean of the values with its jackknife interval; null without values.</summary>
    public static Interval? Of(IReadOnlyList<double> values) => values.Count == 0
        ? null : Jackknife.OfMean(values);
}
