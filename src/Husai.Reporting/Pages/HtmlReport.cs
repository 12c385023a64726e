using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Tables;
using Microsoft.AspNetCore.Components;

namespace Husai.Reporting.Pages;

/// <summary>The report as one self-contained page: no network and no script needed, readable on paper.</summary>
internal static class HtmlReport
{
    /// <summary>Renders the page.</summary>
    /// <param name="data">The study.</param>
    /// <param name="figures">Its figures (<see cref="ReportFigures.Create"/>).</param>
    /// <exception cref="ArgumentException">Parts of the data contradict each other.</exception>
    public static string Render(StudyReportData data, IReadOnlyList<ReportFigure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return PageRenderer.Render<ReportPage>(new Dictionary<string, object?>
        {
            [nameof(ReportPage.Data)] = data,
            [nameof(ReportPage.Verdict)] = data.Verdict(),
            [nameof(ReportPage.Tables)] = ReportTables.Create(data),
            [nameof(ReportPage.Figures)] = figures,
            [nameof(ReportPage.Style)] = new MarkupString($"<style>\n{ReportStyle.Text}</style>"),
        });
    }
}
