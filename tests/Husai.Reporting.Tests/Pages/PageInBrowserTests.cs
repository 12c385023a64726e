using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Husai.Reporting.Figures;
using Husai.Reporting.Pages;

namespace Husai.Reporting.Tests.Pages;

/// <summary>Opens the report in a browser. Screenshots go to the folder <c>screenshots</c> beside the test's assembly.</summary>
public sealed partial class PageInBrowserTests
{
    // Measures the page in a frame of the wanted width: browsers refuse windows as narrow as a telephone.
    private const string Probe = """
        <script>
        const frame = document.querySelector('iframe');
        frame.onload = () => {
          const page = frame.contentDocument, view = frame.contentWindow, found = [];
          const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
            && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
          for (const svg of page.querySelectorAll('figure svg')) {
            const box = svg.getBoundingClientRect();
            const texts = [...svg.querySelectorAll('text')];
            const boxes = texts.map(text => text.getBoundingClientRect());
            texts.forEach((text, i) => {
              if (boxes[i].width === 0 || boxes[i].height === 0) found.push('no text: ' + text.textContent);
              if (!inside(boxes[i], box)) found.push('cut off: ' + text.textContent);
              for (let j = 0; j < i; j++) {
                const width = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
                const height = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
                if (width > 1 && height > 0.3 * Math.min(boxes[i].height, boxes[j].height)) {
                  found.push('overlap: ' + text.textContent + ' / ' + texts[j].textContent);
                }
              }
            });
            if (box.right > view.innerWidth || box.width < 100) found.push('figure: ' + box.width);
          }
          document.body.textContent = JSON.stringify({
            width: view.innerWidth, scrollWidth: page.documentElement.scrollWidth, figures: page.querySelectorAll('figure svg').length,
            height: page.documentElement.scrollHeight, found });
        };
        </script>
        """;

    [BrowserTheory]
    [InlineData("quickstart", 1280)]
    [InlineData("quickstart", 390)]
    [InlineData("goldilocks", 390)]
    public void The_page_fits_its_window_and_shows_every_figure_and_label(string study, int width)
    {
        var data = study == "quickstart" ? DemoStudy.Create() : DemoStudy.Grid();
        var figures = ReportFigures.Create(data);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots", $"{study}-{width}")).FullName;
        var report = HtmlReport.Render(data, figures);
        var wrapper = Path.Combine(folder, "measured.html");
        File.WriteAllText(
            wrapper,
            $"<!DOCTYPE html><body style=\"margin:0\"><iframe style=\"border:0;width:{width}px;height:9000px\" "
                + $"srcdoc=\"{WebUtility.HtmlEncode(report)}\"></iframe>{Probe}</body>");

        var screenshot = Path.Combine(folder, "report.png");
        Browser.Run("--screenshot=" + screenshot, $"--window-size={width},9000", new Uri(Screenshot(wrapper, report, width)).AbsoluteUri);
        var dom = Browser.Run("--dump-dom", "--virtual-time-budget=20000", "--window-size=1400,9000", new Uri(wrapper).AbsoluteUri);

        using var measured = JsonDocument.Parse(WebUtility.HtmlDecode(Body().Match(dom).Groups[1].Value));
        var page = measured.RootElement;
        Assert.Equal(width, page.GetProperty("width").GetInt32());
        Assert.InRange(page.GetProperty("scrollWidth").GetInt32(), 1, width);
        Assert.Equal(figures.Count, page.GetProperty("figures").GetInt32());
        Assert.Empty(page.GetProperty("found").EnumerateArray().Select(problem => problem.GetString()));
        Assert.True(BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(screenshot).AsSpan(20)) == 9000, "the screenshot is not whole");
    }

    // The picture is taken of the same frame, without the script that measures it.
    private static string Screenshot(string wrapper, string report, int width)
    {
        var path = Path.ChangeExtension(wrapper, ".shown.html");
        File.WriteAllText(
            path,
            $"<!DOCTYPE html><body style=\"margin:0\"><iframe style=\"border:0;width:{width}px;height:9000px\" "
                + $"srcdoc=\"{WebUtility.HtmlEncode(report)}\"></iframe></body>");
        return path;
    }

    [GeneratedRegex("<body[^>]*>(.*)</body>", RegexOptions.Singleline)]
    private static partial Regex Body();
}
