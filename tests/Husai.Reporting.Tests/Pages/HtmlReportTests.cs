using System.Text.RegularExpressions;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Pages;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Tests.Pages;

public sealed partial class HtmlReportTests
{
    private static readonly Lazy<string> Page = new(() => Render(DemoStudy.Create()));

    [Fact]
    public void The_page_needs_no_network_and_no_script()
    {
        Assert.DoesNotContain("<script", Page.Value, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", Page.Value, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", Page.Value, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Reference(), Page.Value);
        Assert.DoesNotContain(
            "http", Page.Value.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_holds_question_verdict_figures_configuration_and_reproduction()
    {
        var data = DemoStudy.Create();

        Assert.Contains(data.Question, Page.Value, StringComparison.Ordinal);
        Assert.Contains(data.Verdict().Headline, Page.Value, StringComparison.Ordinal);
        Assert.Contains(data.Reproduction[0], Page.Value, StringComparison.Ordinal);
        Assert.Contains("config: topk_8x_k32", Page.Value, StringComparison.Ordinal);
        Assert.Contains("2 cores, AVX-512", Page.Value, StringComparison.Ordinal);
        Assert.All(ReportFigures.Create(data), figure => Assert.Contains(figure.Svg.TrimEnd(), Page.Value, StringComparison.Ordinal));
        Assert.All(ReportTables.Create(data), table => Assert.Contains($"<h3>{table.Title}</h3>", Page.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_text_not_markup()
    {
        var page = Render(new StudyReportData { Name = "<b>&", Configuration = "a: <script>" });

        Assert.Contains("<h1>&lt;b&gt;&amp;</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_study_gives_the_same_bytes() => Assert.Equal(Page.Value, Render(DemoStudy.Create()));

    private static string Render(StudyReportData data) => HtmlReport.Render(data, ReportFigures.Create(data));

    [GeneratedRegex("""(src|href)="(?!#|data:)""")]
    private static partial Regex Reference();
}
