using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Husai.Reporting.Pages;

/// <summary>The report as one self-contained page: no network and no script needed, readable on paper.</summary>
public static class HtmlReport
{
    /// <summary>Renders the page.</summary>
    /// <param name="data">The study.</param>
    /// <param name="figures">Its figures (<see cref="ReportFigures.Create"/>).</param>
    /// <exception cref="ArgumentException">Parts of the data contradict each other.</exception>
    public static string Render(StudyReportData data, IReadOnlyList<ReportFigure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(ReportPage.Data)] = data,
            [nameof(ReportPage.Verdict)] = data.Verdict(),
            [nameof(ReportPage.Tables)] = ReportTables.Create(data),
            [nameof(ReportPage.Figures)] = figures,
            [nameof(ReportPage.Style)] = new MarkupString($"<style>\n{Style()}</style>"),
        });
        return "<!DOCTYPE html>\n" + Render(parameters).GetAwaiter().GetResult();
    }

    private static async Task<string> Render(ParameterView parameters)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        await using (services.ConfigureAwait(false))
        {
            var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
            await using (renderer.ConfigureAwait(false))
            {
                return await renderer.Dispatcher
                    .InvokeAsync(async () =>
                        (await renderer.RenderComponentAsync<ReportPage>(parameters).ConfigureAwait(true)).ToHtmlString())
                    .ConfigureAwait(false);
            }
        }
    }

    private static string Style()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
