using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Results.Benchmark;

/// <summary>Do the architectures rank as published?</summary>
internal static class RankingQuestion
{
    public static void Write(MarkdownText text, IReadOnlyList<BenchmarkRow> rows)
    {
        text.Heading(2, "The order of the architectures");
        var groups = rows.Where(row => row.Published is not null).GroupBy(row => (row.TargetL0, row.Rows))
            .Select(group => group.DistinctBy(row => row.Architecture).ToList()).Where(group => group.Count > 2).ToList();
        text.Paragraph(groups.Count == 0 ? "**Not measured: it takes three architectures with as many samples and the same L0.**" : "");
        foreach (var group in groups)
        {
            text.Paragraph(
                Order(group, "F1", seed => seed.F1, row => row.F1.Mean),
                Order(group, "MCC", seed => seed.Mcc, row => row.Mcc.Mean));
        }
    }

    private static string Order(
        List<BenchmarkRow> rows, string score, Func<SeedTruth, double> ours, Func<PublishedScore, double> published)
    {
        double Ours(BenchmarkRow row) => row.Saes.Over(ours).Mean;
        double Published(BenchmarkRow row) => published(row.Published!);
        static string Listed(IEnumerable<BenchmarkRow> order) => string.Join(", ", order.Select(row => row.Architecture));
        var rho = RankCorrelation.Spearman([.. rows.Select(Ours)], [.. rows.Select(Published)]);
        return $"**At L0 {ResultText.Number(rows[0].TargetL0, 0)} and {PublishedTable.Thousands(rows[0].Rows)} samples the order by "
            + $"{score}, best first, is {Listed(rows.OrderByDescending(Ours))}; published: {Listed(rows.OrderByDescending(Published))} "
            + $"(rank correlation {ResultText.Number(rho, 2)}).**";
    }
}
