using System.Text;
using Husai.Analysis.Functional;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Quality over coverage: how well the best matches do the same, beside hard negatives.</summary>
public static class AgreementFigure
{
    private const string Id = "agreement";
    private const string Title = "Quality over coverage";

    /// <summary>Whether a file is such a figure.</summary>
    public static bool IsOne(string path)
    {
        Span<byte> start = stackalloc byte[4096];
        using var file = File.OpenRead(path);
        var text = Encoding.UTF8.GetString(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        return text.Contains("<svg", StringComparison.Ordinal) && text.Contains(Title, StringComparison.Ordinal);
    }

    /// <summary>Draws a panel for each matcher.</summary>
    /// <param name="agreement">What was measured.</param>
    public static ReportFigure Create(FunctionalAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        const string Caption = "Mean substitution R (the share of what a latent writes that its partner writes too) of the latents whose "
            + "matches score highest, over the share of the latents; dashed: hard negatives, which look alike and fire as often.";
        var points = agreement.Matchers.SelectMany(matcher => matcher.Curve);
        var high = Math.Max(0.05, points.Max(point => Math.Max(point.Quality, point.Negative)));
        Panel[] panels = [.. agreement.Matchers.Select(matcher => CreatePanel(matcher, high))];
        return new ReportFigure(
            Id, Title, Caption, PanelGrid.Draw(Id, Title, Caption, panels, 2, FigureSize.Page, 130), Table(agreement), Wide: true);
    }

    private static Panel CreatePanel(MatcherAgreement matcher, double high)
    {
        var (match, negative) = (Palette.Of(0), Palette.Of(1));
        return new Panel(
            matcher.Matcher.InWords(), new Axis("coverage", new LinearScale(0, 1)),
            new Axis("substitution R", new LinearScale(0, high * 1.05)),
            [
                new LineLayer("match", [.. matcher.Curve.Select(point => (point.Coverage, point.Quality))], match, marked: false),
                new LineLayer(
                    "hard negative", [.. matcher.Curve.Select(point => (point.Coverage, point.Negative))], negative, marked: false),
            ]);
    }

    private static FigureTable Table(FunctionalAgreement agreement)
    {
        var table = new FigureTableBuilder(
            new("matcher", "how latents are paired"), new("coverage", "share of the latents"),
            new("match", "mean substitution R of their partners"), new("negative", "the same of hard negatives"));
        foreach (var matcher in agreement.Matchers)
        {
            foreach (var point in matcher.Curve)
            {
                table.Add(matcher.Matcher.InWords(), point.Coverage, point.Quality, point.Negative);
            }
        }

        return table.Build();
    }
}
