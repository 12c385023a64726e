using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Benchmark;

/// <summary>Our scores beside the published ones.</summary>
internal static class PublishedTable
{
    private static readonly (string Name, Func<SeedTruth, double> Ours, Func<PublishedScore, PublishedValue> Published)[] Scores =
    [
        ("F1", seed => seed.F1, row => row.F1), ("MCC", seed => seed.Mcc, row => row.Mcc),
        ("uniqueness", seed => seed.Uniqueness, row => row.Uniqueness),
        ("explained variance", seed => seed.ExplainedVariance, row => row.ExplainedVariance),
    ];

    public static void Write(MarkdownText text, IReadOnlyList<BenchmarkRow> rows)
    {
        text.Heading(2, "The published table, and ours").Paragraph(
            "Published values are means ± deviations of five runs on 200,000,000 samples. These runs share initial weights and data, so "
            + "that the deviation is that of arithmetic in bfloat16 on a GPU, not that over seeds. Ours are in single precision; brackets "
            + "are 95% intervals over seeds, where there are at least two. The difference is ours less published.");
        foreach (var (name, ours, published) in Scores)
        {
            text.Table(
                ["SAE", "samples", "seeds", name, "published", "difference"],
                rows.Select(row => (IReadOnlyList<string>)
                [
                    row.Saes.Name, Thousands(row.Rows), $"{row.Saes.Seeds}", TableText.Interval(row.Saes.Over(ours)),
                    row.Published is { } known ? Value(published(known)) : TableText.Missing,
                    row.Published is { } other
                        ? ResultText.Difference(row.Saes.Over(ours).Mean, published(other).Mean)
                        : TableText.Missing,
                ]));
        }

        text.Paragraph(
            "Random directions are not at 0: beside MCC and uniqueness stands what random decoders of the same shape reach, beside F1 that "
            + "of latents that fire as often, whatever their features do.");
        text.Table(
            ["SAE", "samples", "chance of F1", "chance of MCC", "chance of uniqueness", "L0", "true L0", "dead"],
            rows.Select(row => (IReadOnlyList<string>)
            [
                row.Saes.Name, Thousands(row.Rows), Mean(row, seed => seed.ChanceF1, 3), TableText.Chance(row.Saes.Truth.Chance.Mcc),
                TableText.Chance(row.Saes.Truth.Chance.Uniqueness), Mean(row, seed => seed.L0, 1), Mean(row, seed => seed.TrueL0, 1),
                $"{Mean(row, seed => seed.Dead, 0)} of {row.Saes.Saes.Latents}",
            ]));
    }

    /// <summary>A number of samples.</summary>
    public static string Thousands(double rows) => rows.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Value(PublishedValue value) => $"{ResultText.Number(value.Mean)} ± {ResultText.Number(value.Deviation, 4)}";

    private static string Mean(BenchmarkRow row, Func<SeedTruth, double> value, int decimals) =>
        ResultText.Number(row.Saes.Truth.Seeds.Average(value), decimals);
}
