using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Worlds;

/// <summary>Every configuration: what its SAEs find, and which features.</summary>
internal static class ConfigurationSection
{
    public static void Write(MarkdownText text, IReadOnlyList<WorldRow> rows)
    {
        text.Heading(2, "All configurations").Paragraph(
            "Chance of MCC is that of random decoders of the same shape, of F1 that of latents that fire as often, whatever their features "
            + "do.");
        text.Table(
            [
                "SAE", "L0 / true L0", "dead", "explained variance", "MCC", "chance", "uniqueness", "chance", "F1", "chance",
                "features found",
            ],
            rows.Select(row => (IReadOnlyList<string>)
            [
                row.Name, $"{Mean(row, seed => seed.L0, 1)} / {Mean(row, seed => seed.TrueL0, 1)}",
                $"{Mean(row, seed => seed.Dead, 0)} of {row.Saes.Latents}", Mean(row, seed => seed.ExplainedVariance, 3),
                TableText.Interval(row.Over(seed => seed.Mcc)), TableText.Chance(row.Truth.Chance.Mcc),
                Mean(row, seed => seed.Uniqueness, 3), TableText.Chance(row.Truth.Chance.Uniqueness), Mean(row, seed => seed.F1, 3),
                Mean(row, seed => seed.ChanceF1, 3), TableText.Interval(row.Over(seed => seed.FoundShare)),
            ]));
        if (rows.Count == 0)
        {
            return;
        }

        text.Heading(2, "Features found, by how often they fire").Paragraph(
            "Share of the features found, mean over the seeds, in eight groups from the most frequent to the rarest.");
        var strata = rows[0].Truth.Seeds[0].ByRate;
        text.Table(
            ["SAE", .. strata.Select(stratum =>
                $"{ResultText.Number(stratum.LargestRate, 4)} to {ResultText.Number(stratum.SmallestRate, 4)}")],
            rows.Where(row => row.Truth.Seeds[0].ByRate.Count == strata.Count).Select(row => (IReadOnlyList<string>)
                [row.Name, .. strata.Select((_, group) => Mean(row, seed => seed.ByRate[group].FoundShare, 3))]));
        if (rows.Any(row => row.Truth.Seeds.Any(seed => seed.Trees is not null)))
        {
            text.Heading(2, "Absorption and hedging").Paragraph(
                "Absorption: of the samples on which a child fires, the share on which its latent fires and that of its parent is silent, "
                + "over edges of which both features are found; beside it how often the parent's latent is silent where the parent fires "
                + "without this child. Hedging: part of the child in the parent's latent; beside it that of a child of another parent.");
            text.Table(
                ["SAE", "found edges", "absorption", "silent without the child", "hedging", "of another parent's child"],
                rows.Select(row => (IReadOnlyList<string>)
                [
                    row.Name, Mean(row, seed => seed.Trees?.FoundEdges, 1), Mean(row, seed => seed.Trees?.Absorption, 3),
                    Mean(row, seed => seed.Trees?.MissedWithoutChild, 3), Mean(row, seed => seed.Trees?.Hedging, 3),
                    Mean(row, seed => seed.Trees?.HedgingElsewhere, 3),
                ]));
        }
    }

    // Over the seeds that have a value.
    private static string Mean(WorldRow row, Func<SeedTruth, double?> value, int decimals) =>
        ResultText.Number(row.Truth.Seeds.Average(value), decimals);
}
