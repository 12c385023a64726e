using Husai.Formats.Files;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Pages;
using Husai.Reporting.Summary;
using Husai.Reporting.Tables;

namespace Husai.Reporting;

/// <summary>Writes everything that a reader of a study gets.</summary>
internal static class StudyReport
{
    /// <summary>
    /// Writes <c>report.html</c>, <c>summary.json</c>, <c>tables.md</c>, and <c>figures/</c> with a picture as SVG and as PDF and
    /// a CSV file per figure and <c>README.md</c>, which says what each column holds. Files appear whole or not at all.
    /// </summary>
    /// <param name="data">The study.</param>
    /// <param name="folder">Folder to write to; created if missing.</param>
    /// <exception cref="ArgumentException">Parts of the data contradict each other.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(StudyReportData data, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var figures = ReportFigures.Create(data);
        FigureFolder.Write(figures, Path.Combine(folder, "figures"));
        AtomicFile.WriteText(Path.Combine(folder, "tables.md"), MarkdownTables.Write(data));
        AtomicFile.WriteText(Path.Combine(folder, "summary.json"), SummaryJson.Write(data));
        AtomicFile.WriteText(Path.Combine(folder, "report.html"), HtmlReport.Render(data, figures));
    }
}
