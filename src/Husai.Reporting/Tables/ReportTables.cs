using System.Globalization;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tables;

/// <summary>The tables of a study.</summary>
internal static class ReportTables
{
    /// <summary>All tables for which there are data, in the order of the report.</summary>
    public static IReadOnlyList<ReportTable> Create(StudyReportData data)
    {
        ReportDataCheck.Check(data);
        ReportTable[] tables =
        [
            Transformers(data), Activations(data), AgreementTables.Headline(data), AgreementTables.Verdicts(data),
            AgreementTables.Circuit(data), AgreementTables.Features(data), AgreementTables.Controls(data), AgreementTables.Function(data),
            Spliced(data), AgreementTables.Comparisons(data),
            .. ((ReportTable[])
            [
                Recipes(data), AgreementTables.Levels(data), AgreementTables.ByTransformer(data), AgreementTables.Further(data),
                Checks(data), Seeds(data),
            ]).Select(table => table with { IsDetail = true }),
        ];
        return [.. tables.Where(table => table.Rows.Count > 0)];
    }

    private static ReportTable Transformers(StudyReportData data)
    {
        var restarted = data.Transformers.Any(transformer => transformer.Restarts > 0);
        return new(
            "Transformers",
            ["transformer", "what it is", .. If(restarted, "restarts"), "grokked", "at epoch", "test accuracy", "key frequencies"],
            [.. data.Transformers.Select(transformer => (string[])
            [
                transformer.Name, transformer.Description, .. If(restarted, Whole(transformer.Restarts)),
                transformer.Grokked ? "yes" : "no", Whole(transformer.GrokkingEpoch), TableText.Percent(transformer.TestAccuracy),
                string.Join(", ", transformer.KeyFrequencies),
            ])]);

        static string[] If(bool shown, string cell) => shown ? [cell] : [];
    }

    private static ReportTable Activations(StudyReportData data) => new(
        "Activations of which no truth is known", ["activations", "site", "rows", "width", "effective rank", "hash"],
        [.. data.Activations.Select(activations => new[]
        {
            activations.Name, activations.Site, Whole(activations.Rows), Whole(activations.Width),
            TableText.Number(activations.EffectiveRank, 1), activations.Hash[..Math.Min(12, activations.Hash.Length)],
        })],
        "Neither a circuit nor features are known here: SAEs are compared with each other, with chance, baselines and controls alone.");

    private static ReportTable Spliced(StudyReportData data) => new(
        "Reconstructions inside the network",
        ["configuration", "cosine of the output", "KL of the output", "with zeros", "with the mean row", "cross-entropy recovered"],
        [.. data.Configurations.Where(configuration => configuration.Spliced is not null)
            .Select(configuration => (configuration.Name, Output: configuration.Spliced!)).Select(row => new[]
        {
            row.Name, TableText.Interval(row.Output.Cosine), TableText.Interval(row.Output.Kl), TableText.Number(row.Output.Zero),
            TableText.Number(row.Output.Mean), TableText.Interval(row.Output.CrossEntropyRecovered),
        })],
        "The network's output with reconstructions, zeros or the mean row in place of the site's rows, against its own: the cosine of the "
            + "pooled output, or where it has logits the KL divergence of its distribution.");

    private static ReportTable Checks(StudyReportData data) => new(
        "Checks of the transformers", ["transformer", "check", "value"],
        [
            .. data.Transformers.SelectMany(transformer =>
                transformer.Checks.Select(check => new[] { transformer.Name, check.Name, check.Value }))]);

    private static ReportTable Recipes(StudyReportData data) => new(
        "Recipes and reconstruction",
        ["configuration", "architecture", "site", "latents", "sparsity", "seeds", "explained variance", "L0", "dead", "spliced accuracy"],
        [.. data.Configurations.Select(configuration => new[]
        {
            configuration.Name, configuration.Architecture, configuration.PlaceInWords(), Whole(configuration.Latents),
            $"{configuration.SparsityName} = {FigureNumbers.Short(configuration.Sparsity)}", Whole(configuration.Seeds.Count),
            TableText.Interval(configuration.ExplainedVariance), TableText.Interval(configuration.L0, 1),
            TableText.Percent(configuration.DeadFraction?.Mean),
            TableText.Interval(configuration.SplicedAccuracy),
        })],
        "On held-out rows, the accuracy on all inputs: mean and interval over seeds"
        + (
            data.Configurations.Any(configuration => configuration.Transformers.Count > 0)
                ? "; where a configuration has several transformers these are the sample."
                : "."));

    private static ReportTable Seeds(StudyReportData data) => new(
        "Runs", ["configuration", "transformer", "seed", "explained variance", "L0", "dead", "stability", "circuit"],
        [.. data.Configurations.SelectMany(configuration => configuration.Seeds.Select(seed => new[]
        {
            configuration.Name, seed.Transformer, seed.Seed.ToString(CultureInfo.InvariantCulture),
            TableText.Number(seed.ExplainedVariance), TableText.Number(seed.L0, 1),
            TableText.Percent(seed.DeadFraction), TableText.Number(seed.Stability), TableText.Number(seed.Circuit),
        }))],
        "Stability of a seed: its mean similarity to the other seeds.");

    private static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? TableText.Missing;
}
