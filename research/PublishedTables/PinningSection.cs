using Husai.Reporting.Results;
using Husai.Reporting.Tables;

namespace PublishedTables;

/// <summary>Experiment (e): decoder rows copied from another SAE and held.</summary>
internal static class PinningSection
{
    private const double ArithmeticTolerance = 0.01;

    /// <summary>A share of pinned rows.</summary>
    /// <param name="Fraction">The share.</param>
    /// <param name="Score">The published score and ours, to the SAE that the rows come from.</param>
    /// <param name="Arithmetic">f + (1 - f) r, with our r of no pinned rows.</param>
    public sealed record Line(double Fraction, Comparison Score, double? Arithmetic);

    public static IReadOnlyList<Line> Lines(PublishedStudies studies)
    {
        // None pinned: the SAEs of (d), each against that of the first seed.
        var none = studies.Measured(studies.Made(PublishedStudies.Subspaces))?.Scores.PwmccAsPublished[0].Skip(1).Average();
        return
        [
            .. PublishedNumbers.Pinning.Select(published => new Line(
                published.Fraction,
                new Comparison(
                    $"{ResultText.Percent(published.Fraction)} pinned", published.Pwmcc,
                    published.Fraction == 0
                        ? none
                        : studies.Measured(studies.Made(PublishedStudies.Pinned(published.Fraction)))
                            ?.PwmccToReferenceAsPublished?.Average(),
                    Spread: PublishedNumbers.PinningSpread),
                published.Fraction + (1 - published.Fraction) * none)),
        ];
    }

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var lines = Lines(studies);
        text.Heading(2, "(e) Does pinning decoder rows make SAEs agree?").Table(
            ["", .. Comparison.Columns, "f + (1 - f) r"],
            lines.Select(line => (IReadOnlyList<string>)[
                line.Score.Name, .. line.Score.Cells(), line.Arithmetic is null ? TableText.Missing : ResultText.Number(line.Arithmetic)]));
        text.Paragraph(Comparison.Summary(lines.Select(line => line.Score)), Arithmetic(lines));
    }

    private static string Arithmetic(IReadOnlyList<Line> lines)
    {
        var made = lines.Where(line => line is { Score.Ours: not null, Arithmetic: not null }).ToList();
        if (made.Count == 0)
        {
            return "";
        }

        var worst = made.Max(line => Math.Abs(line.Score.Ours!.Value - line.Arithmetic!.Value));
        return worst <= ArithmeticTolerance
            ? $"Every score equals f + (1 - f) r within {ResultText.Number(worst)}: the pinned rows agree with themselves, the others as "
                + "much as without pinning. It is arithmetic, not learning."
            : $"The scores differ from f + (1 - f) r by up to {ResultText.Number(worst)}, more than "
                + $"{ResultText.Number(ArithmeticTolerance, 2)}.";
    }
}
