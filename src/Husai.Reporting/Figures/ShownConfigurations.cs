using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Which configurations a figure can show side by side.</summary>
internal static class ShownConfigurations
{
    /// <summary>
    /// The configurations that have data, the most stable ones if there are more than can be told apart, in their own order. Those on
    /// controls, which often agree more, would displace them: they are in tables and data files.
    /// </summary>
    public static IReadOnlyList<ConfigurationResults> Of(StudyReportData data, Func<ConfigurationResults, bool> hasData)
    {
        var candidates = Candidates(data, hasData).ToArray();
        var shown = candidates
            .OrderByDescending(configuration => configuration.Stability?.Kappa?.Value ?? double.NegativeInfinity)
            .Take(Palette.SeriesCount).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. candidates.Where(shown.Contains)];
    }

    /// <summary>A sentence for the caption where some are left out, else nothing.</summary>
    public static string Note(StudyReportData data, Func<ConfigurationResults, bool> hasData)
    {
        var count = Candidates(data, hasData).Count();
        return count > Palette.SeriesCount
            ? $" Shown: the {Palette.SeriesCount} most stable of {count} configurations; the data file has all."
            : "";
    }

    private static IEnumerable<ConfigurationResults> Candidates(StudyReportData data, Func<ConfigurationResults, bool> hasData) =>
        data.Configurations.Where(configuration => configuration.ControlOf is null && hasData(configuration));
}
