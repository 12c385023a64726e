using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Which configurations a figure can show side by side.</summary>
internal static class ShownConfigurations
{
    /// <summary>
    /// The configurations that have data, the most stable ones if there are more than can be told apart, in their own order.
    /// </summary>
    public static IReadOnlyList<ConfigurationResults> Of(StudyReportData data, Func<ConfigurationResults, bool> hasData)
    {
        var candidates = data.Configurations.Where(hasData).ToArray();
        var shown = candidates
            .OrderByDescending(configuration => configuration.Stability?.Kappa?.Value ?? double.NegativeInfinity)
            .Take(Palette.SeriesCount).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. candidates.Where(shown.Contains)];
    }

    /// <summary>A sentence for the caption where some are left out, else nothing.</summary>
    public static string Note(StudyReportData data, Func<ConfigurationResults, bool> hasData)
    {
        var count = data.Configurations.Count(hasData);
        return count > Palette.SeriesCount
            ? $" Shown: the {Palette.SeriesCount} most stable of {count} configurations; the data file has all."
            : "";
    }
}
