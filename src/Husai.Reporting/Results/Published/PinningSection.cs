using Husai.Experiments.Studies.Published;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Published;

/// <summary>Experiment (e): decoder rows copied from another SAE and held.</summary>
internal static class PinningSection
{
    private const double Tolerance = 0.01;

    /// <summary>A share of pinned rows.</summary>
    /// <param name="Fraction">The share.</param>
    /// <param name="Published">The published score.</param>
    /// <param name="Pwmcc">Ours, to the SAE that the rows come from.</param>
    /// <param name="Arithmetic">f + (1 - f) r, with our r of no pinned rows.</param>
    /// <param name="Right">The same question asked right.</param>
    public sealed record Line(double Fraction, double Published, double? Pwmcc, double? Arithmetic, AsPublishedConfiguration? Right);

    public static IReadOnlyList<Line> Lines(ResultsInput data)
    {
        var none = Score(data.Original(PublishedNames.Pinned(0)));
        return
        [
            .. PublishedNumbers.Pinning.Select(published => new Line(
                published.Fraction, published.Pwmcc, Score(data.Original(PublishedNames.Pinned(published.Fraction))),
                published.Fraction + (1 - published.Fraction) * none,
                data.Right(PublishedNames.Pinned(published.Fraction))?.OnFirstTransformer().AsPublished)),
        ];
    }

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var lines = Lines(data);
        text.Heading(2, "(e) Does pinning decoder rows make SAEs agree?").Table(
            ["pinned", "published PWMCC", "ours, as published", "f + (1 - f) r", "ours - arithmetic", "right: rows not pinned",
            "right: chance (same shape)", "right: kappa"],
            lines.Select(line => (IReadOnlyList<string>)
            [
                ResultText.Percent(line.Fraction), ResultText.Number(line.Published), ResultText.Number(line.Pwmcc),
                ResultText.Number(line.Arithmetic),
                line.Arithmetic is { } arithmetic ? ResultText.Difference(line.Pwmcc, arithmetic) : TableText.Missing,
                TableText.Interval(line.Right?.Unpinned?.Interval), ResultText.Number(line.Right?.Unpinned?.Levels.SameShape.Value),
                TableText.Kappa(line.Right?.Unpinned?.Kappa),
            ]));
        text.Paragraph(Sentences(lines));
    }

    private static IEnumerable<string> Sentences(IReadOnlyList<Line> lines)
    {
        var measured = lines.Where(line => line is { Pwmcc: not null, Arithmetic: not null }).ToList();
        if (measured.Count == 0)
        {
            yield return "Pinning was not tried.";
            yield break;
        }

        var worst = measured.Max(line => Math.Abs(line.Pwmcc!.Value - line.Arithmetic!.Value));
        yield return worst <= Tolerance
            ? $"Every score equals f + (1 - f) r within {ResultText.Number(worst)}: the pinned rows agree with themselves, the others as "
                + $"much as without pinning. It is arithmetic, not learning."
            : $"The scores differ from f + (1 - f) r by up to {ResultText.Number(worst)}, more than {ResultText.Number(Tolerance, 2)}.";
        var right = lines.Where(line => line.Right?.Unpinned is not null).ToList();
        if (right.Count > 1)
        {
            yield return Rest(right[0], right[^1]);
        }
    }

    private static string Rest(Line fewest, Line most)
    {
        var (before, after) = (fewest.Right!.Unpinned!, most.Right!.Unpinned!);
        return $"Counting only rows that are not pinned, the similarity between seeds is {ResultText.Number(before.Mean)} with "
            + $"{ResultText.Percent(fewest.Fraction)} pinned and {ResultText.Number(after.Mean)} with "
            + $"{ResultText.Percent(most.Fraction)}, kappa {TableText.Kappa(before.Kappa)} and {TableText.Kappa(after.Kappa)}"
            + (
                after.Kappa?.Low > before.Kappa?.High
                    ? ": given rows do pull the others together."
                    : after.Kappa?.High < before.Kappa?.Low
                    ? ": the others agree less."
                    : ": given rows are not seen to make the others agree.");
    }

    private static double? Score(ConfigurationResults? row) => row?.AsPublished?.PwmccToReferenceAsPublished?.Average();
}
