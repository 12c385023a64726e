using Husai.Reporting.Figures;

namespace Husai.Reporting.Tests;

public sealed class StudyReportTests
{
    [Fact]
    public void A_report_is_a_page_a_summary_tables_and_a_picture_and_a_table_per_figure()
    {
        var folder = Directory.CreateTempSubdirectory("husai-report-");
        try
        {
            StudyReport.Write(DemoStudy.Create(), folder.FullName);

            var files = folder.EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/'));
            var figures = ReportFigures.Create(DemoStudy.Create())
                .SelectMany(figure => new[] { $"figures/{figure.Id}.svg", $"figures/{figure.Id}.pdf", $"figures/{figure.Id}.csv" });
            Assert.Equal(figures.Concat(["figures/README.md", "report.html", "summary.json", "tables.md"]).Order(), files.Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
