using System.Globalization;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tables;

/// <summary>How long the parts of a study took, as a table.</summary>
internal static class TimingTable
{
    /// <summary>One row per part and one for all.</summary>
    public static ReportTable Of(IReadOnlyList<StageTiming> timings)
    {
        ArgumentNullException.ThrowIfNull(timings);
        return new ReportTable(
            "Timings", ["part", "runs", "seconds"],
            [.. timings.Select(Row), ["all", "", FigureNumbers.Fixed(timings.Sum(timing => timing.Seconds), 1)]]);
    }

    private static IReadOnlyList<string> Row(StageTiming timing) =>
        [timing.Stage, timing.Runs.ToString(CultureInfo.InvariantCulture), FigureNumbers.Fixed(timing.Seconds, 1)];
}
