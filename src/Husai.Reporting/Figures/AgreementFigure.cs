using System.Text;
using Husai.Analysis.Functional;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Quality over coverage: how well the best matches do the same, beside hard negatives.</summary>
internal static class AgreementFigure
{
    private const string Id = "agreement";
    private const string Title = "Quality over coverage";

    private const string Caption =
        "Mean substitution R (the share of what a latent writes that its partner writes too) of the latents whose matches score "
        + "highest, over the share of the latents; dashed: hard negatives, which look alike and fire as often.";

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
        (string, IReadOnlyList<CoveragePoint>)[] curves =
            [.. agreement.Matchers.Select(matcher => (matcher.Matcher.InWords(), matcher.Curve))];
        return Create(curves, Caption, new FigureColumn("matcher", "how latents are paired"), curves);
    }

    internal static bool HasData(ConfigurationResults configuration) => configuration.Function.Count > 0;

    /// <summary>Draws a panel for each configuration, with the nearest decoder rows as partners.</summary>
    internal static ReportFigure Create(StudyReportData data) => Create(
        [.. ShownConfigurations.Of(data, HasData).Select(CurveOf)],
        Caption + " Partners are the nearest decoder rows." + ShownConfigurations.Note(data, HasData),
        new FigureColumn("configuration", "the configuration"), [.. data.Configurations.Where(HasData).Select(CurveOf)]);

    private static (string Name, IReadOnlyList<CoveragePoint> Curve) CurveOf(ConfigurationResults configuration) => (
        configuration.Name, configuration.Function.First(score => score.Matcher == FunctionMatcher.NearestDecoder).Curve);

    private static ReportFigure Create(
        IReadOnlyList<(string Name, IReadOnlyList<CoveragePoint> Curve)> shown, string caption, FigureColumn first,
        IReadOnlyList<(string Name, IReadOnlyList<CoveragePoint> Curve)> all)
    {
        var points = shown.SelectMany(part => part.Curve);
        var high = Math.Max(0.05, points.Max(point => Math.Max(point.Quality, point.Negative)));
        Panel[] panels = [.. shown.Select(part => CreatePanel(part.Name, part.Curve, high))];
        return new ReportFigure(
            Id, Title, caption, PanelGrid.Draw(Id, Title, caption, panels, 2, FigureSize.Page, 130), Table(first, all), Wide: true);
    }

    private static Panel CreatePanel(string name, IReadOnlyList<CoveragePoint> curve, double high)
    {
        var (match, negative) = (Palette.Of(0), Palette.Of(1));
        return new Panel(
            name, new Axis("coverage", new LinearScale(0, 1)),
            new Axis("substitution R", new LinearScale(0, high * 1.05)),
            [
                new LineLayer("match", [.. curve.Select(point => (point.Coverage, point.Quality))], match, marked: false),
                new LineLayer(
                    "hard negative", [.. curve.Select(point => (point.Coverage, point.Negative))], negative, marked: false),
            ]);
    }

    private static FigureTable Table(FigureColumn first, IReadOnlyList<(string Name, IReadOnlyList<CoveragePoint> Curve)> curves)
    {
        var table = new FigureTableBuilder(
            first, new("coverage", "share of the latents"),
            new("match", "mean substitution R of their partners"), new("negative", "the same of hard negatives"));
        foreach (var (name, curve) in curves)
        {
            foreach (var point in curve)
            {
                table.Add(name, point.Coverage, point.Quality, point.Negative);
            }
        }

        return table.Build();
    }
}
