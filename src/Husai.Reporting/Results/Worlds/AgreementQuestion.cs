using Husai.Analysis.Statistics;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Worlds;

/// <summary>Does agreement between seeds predict how far they find the truth?</summary>
internal static class AgreementQuestion
{
    private const int FewestConfigurations = 4;

    public static void Write(MarkdownText text, IReadOnlyList<WorldRow> all)
    {
        text.Heading(2, "Do seeds that agree find true features?");
        List<WorldRow> rows = [.. all.Where(row => row.Truth.Kappa is not null && row.Truth.KappaWithout.Count == row.Seeds)];
        if (rows.Count < FewestConfigurations || rows.Any(row => row.Seeds != rows[0].Seeds))
        {
            text.Paragraph("**Not measured: it takes at least four configurations with a kappa, of as many seeds each.**");
            return;
        }

        var rho = ByKappa(rows);
        text.Paragraph(
            $"**Over {rows.Count} configurations MCC {InWords(rho, rows.Count)} kappa: rank correlation {TableText.Interval(rho, 2)}.**",
            "The interval is over seeds, on these configurations; the configurations were chosen, not drawn. One without width says that "
            + "the correlation is the same without any one seed. MCC is corrected for chance as kappa is: 0 for random decoders of the "
            + "same shape, 1 where each pair is the same direction.",
            "Beside it is how MCC goes with explained variance, which needs no second seed.");
        (string Name, List<WorldRow> Rows)[] groups =
        [
            ("all", rows),
            .. rows.GroupBy(row => $"{row.Saes.Latents} latents").Select(group => (group.Key, group.ToList())),
            .. rows.GroupBy(row => row.Saes.Architecture).Select(group => (group.Key, group.ToList())),
            .. rows.GroupBy(row => $"{row.Saes.SparsityName} = {ResultText.Number(row.Saes.Sparsity, 0)}")
                .Select(group => (group.Key, group.ToList())),
        ];
        text.Table(
            ["configurations", "number", "kappa and MCC", "explained variance and MCC"],
            groups.Where(group => group.Rows.Count >= FewestConfigurations).Select(group => (IReadOnlyList<string>)
            [
                group.Name, $"{group.Rows.Count}", TableText.Interval(ByKappa(group.Rows), 2),
                TableText.Interval(
                    Correlate(group.Rows, (row, leftOut) => row.Without(seed => seed.ExplainedVariance, leftOut)), 2),
            ]));
        text.Table(
            ["SAE", "kappa", "MCC", "MCC corrected for chance"],
            rows.OrderByDescending(row => row.Truth.Kappa).Select(row => (IReadOnlyList<string>)
            [
                row.Name, TableText.Kappa(row.Saes.Stability?.Kappa), TableText.Interval(row.Over(seed => seed.Mcc)),
                TableText.Interval(row.Over(seed => row.Truth.Chance.Mcc.Kappa(seed.Mcc))),
            ]));
    }

    private static Interval ByKappa(IReadOnlyList<WorldRow> rows) =>
        Correlate(rows, (row, leftOut) => leftOut < 0 ? row.Truth.Kappa!.Value : row.Truth.KappaWithout[leftOut]);

    // Of a property and MCC; without each seed in turn, in both.
    private static Interval Correlate(IReadOnlyList<WorldRow> rows, Func<WorldRow, int, double> property) => Jackknife.Of(
        rows[0].Seeds,
        leftOut => RankCorrelation.Spearman(
            [.. rows.Select(row => property(row, leftOut))],
            [.. rows.Select(row => row.Truth.Chance.Mcc.Kappa(row.Without(seed => seed.Mcc, leftOut)))]),
        fewestSeeds: 3);

    private static string InWords(Interval rho, int count) => RankCorrelation.RelationOf(rho.Mean, count) switch
    {
        RankRelation.Rises when rho.Low > 0 => "rises with",
        RankRelation.Falls when rho.High < 0 => "falls with",
        _ => "has no clear relation to",
    };
}
