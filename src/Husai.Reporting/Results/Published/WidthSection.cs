using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Published;

/// <summary>Experiment (b): the number of latents.</summary>
internal static class WidthSection
{
    private const double Tolerance = 0.15;

    /// <summary>A width of the sweep.</summary>
    public sealed record Line(
        int Latents, int K, double Published, double PublishedRatio, double? Pwmcc, double? Ratio, double? Loss, double PublishedLoss,
        ConfigurationResults? Right);

    public static IReadOnlyList<Line> Lines(ResultsInput data) =>
    [
        .. PublishedNumbers.Widths.Select(published =>
        {
            var ours = data.Original(PublishedNames.Width(published.Latents));
            var pwmcc = ours?.AsPublished?.Scores.MeanPwmcc();
            return new Line(
                published.Latents, published.K, published.Pwmcc, published.Ratio, pwmcc, pwmcc / ours?.Stability?.Levels.Isotropic?.Value,
                ours?.Mse, published.Loss,
                data.Right(PublishedNames.Width(published.Latents)));
        }),
    ];

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var lines = Lines(data);
        text.Heading(2, "(b) The number of latents").Table(
            ["latents / k", "published PWMCC", "ours", "published ratio to random", "ours", "difference", "published loss", "ours",
            "right: stability", "right: chance (same shape)", "right: kappa", "right: turned kappa"],
            lines.Select(line => (IReadOnlyList<string>)
            [
                $"{line.Latents} / {line.K}", ResultText.Number(line.Published), ResultText.Number(line.Pwmcc),
                ResultText.Number(line.PublishedRatio, 2), ResultText.Number(line.Ratio, 2),
                ResultText.Difference(line.Ratio, line.PublishedRatio, 2), ResultText.Number(line.PublishedLoss),
                ResultText.Number(line.Loss),
                TableText.Interval(line.Right?.OnFirstTransformer().Stability?.Value),
                ResultText.Number(line.Right?.OnFirstTransformer().Stability?.Levels.SameShape.Value), TableText.Kappa(line.Right?.Kappa),
                TableText.Kappa(line.Right?.Stability?.KappaTurned),
            ]));
        text.Paragraph(Sentences(lines));
    }

    private static IEnumerable<string> Sentences(IReadOnlyList<Line> lines)
    {
        var measured = lines.Where(line => line.Ratio is not null).ToList();
        if (measured.Count == 0)
        {
            yield return "The sweep was not made.";
            yield break;
        }

        var met = measured.Count(line => Math.Abs(line.Ratio!.Value - line.PublishedRatio) <= Tolerance);
        var order = RankCorrelation.Spearman(
            measured.Select(line => line.PublishedRatio).ToArray(), measured.Select(line => line.Ratio!.Value).ToArray());
        yield return $"{met} of {measured.Count} ratios to chance lie within {ResultText.Number(Tolerance, 2)} of the published ones"
            + (
                order >= 1 - 1e-9
                    ? ", and the widths have the published order."
                    : $"; the rank correlation with the published order is {ResultText.Number(order, 2)}.");
        var missed = measured.Where(line => Math.Abs(line.Ratio!.Value - line.PublishedRatio) > Tolerance)
            .Select(line => $"{line.Latents} ({ResultText.Number(line.Ratio, 2)} for {ResultText.Number(line.PublishedRatio, 2)})")
                .ToList();
        yield return missed.Count > 0 ? $"Not met: {ResultText.Listed(missed, 9)}." : "";
        yield return "A ratio to chance is no effect size: chance itself grows with the number of latents, so a sweep over widths bends "
            + "it.";
        var right = lines.Where(line => line.Right?.Stability?.Verdict is not null).ToList();
        var shared = right.Where(line => line.Right!.IsReproducible).Select(line => $"{line.Latents}").ToList();
        yield return right.Count == 0
            ? ""
            : $"Done right, the seeds of {shared.Count} of {right.Count} widths share latents beyond chance "
                + $"({ResultText.Listed(shared, 9)}).";
    }
}
