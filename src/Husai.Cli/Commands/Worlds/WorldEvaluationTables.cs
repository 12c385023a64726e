using System.Globalization;
using Husai.Analysis.Statistics;
using Husai.Analysis.Worlds;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Worlds;

/// <summary>SAEs on a world: a row for each, then the means over seeds.</summary>
internal static class WorldEvaluationTables
{
    public static void Write(
        IAnsiConsole console, IReadOnlyList<WorldEvaluationDocument> documents, IReadOnlyDictionary<string, Interval>? intervals)
    {
        var table = Tables.Create(
            console, "SAE", "#latents", "#mcc", "#chance", "#uniqueness", "#chance", "#precision", "#recall", "#f1", "#L0", "#true L0",
            "#dead", "#shrinkage", "#explained variance");
        foreach (var sae in documents)
        {
            table.AddTextRow(
                sae.Sae, $"{sae.Latents}", Number(sae.Mcc), Number(sae.Chance.Mcc.Value), Number(sae.Uniqueness),
                Number(sae.Chance.Uniqueness.Value), Number(sae.Precision), Number(sae.Recall), Number(sae.F1), Number(sae.L0),
                Number(sae.TrueL0), $"{sae.Dead}", Number(sae.Shrinkage), Number(sae.ExplainedVariance));
        }

        console.Write(table);
        WriteByRate(console, documents);
        WriteTrees(console, documents);
        if (intervals is not null)
        {
            var means = Tables.Create(console, "over seeds", "#mean", "#low", "#high");
            foreach (var (name, interval) in intervals)
            {
                means.AddTextRow(name, Number(interval.Mean), Number(interval.Low), Number(interval.High));
            }

            console.Write(means);
        }

        Explanation.Write(
            console,
            "mcc: mean absolute cosine of latents and features matched one to one; uniqueness: share of distinct features among the "
                + "latents' best matches; chance: the same of decoders of random directions; precision, recall, f1: each latent as a "
                + "classifier of its best match, means over latents; true L0: features of a sample, mean; dead: latents that fire on no "
                + "sample; shrinkage: norm of a reconstruction over that of its sample, mean. A feature is found if the absolute cosine "
                + FormattableString.Invariant($"with some latent is at least {TruthRecovery.FoundCosine:0.##}.")
                + (documents.Any(sae => sae.Trees is not null)
                    ? " Absorption: of the samples on which a child fires, the share on which its latent fires and that of its parent is "
                        + "silent; silent without: how often that of the parent is silent where the parent fires without this child. "
                        + "Hedging: part of the child in the parent's latent; elsewhere: of a child of another parent."
                    : ""));
    }

    private static void WriteByRate(IAnsiConsole console, IReadOnlyList<WorldEvaluationDocument> documents)
    {
        var table = Tables.Create(console, "SAE", "rate", "#features", "#found", "#chance", "#cosine", "#chance");
        foreach (var sae in documents)
        {
            foreach (var stratum in sae.ByRate)
            {
                table.AddTextRow(
                    sae.Sae, $"{Number(stratum.SmallestRate)} to {Number(stratum.LargestRate)}", $"{stratum.Features}",
                    Number(stratum.FoundShare), Number(sae.Chance.FoundShare.Value), Number(stratum.MeanCosine),
                    Number(sae.Chance.FeatureCosine.Value));
            }
        }

        console.Write(table);
    }

    private static void WriteTrees(IAnsiConsole console, IReadOnlyList<WorldEvaluationDocument> documents)
    {
        if (documents.All(sae => sae.Trees is null))
        {
            return;
        }

        var table = Tables.Create(
            console, "SAE", "#edges", "#found", "#absorption", "#silent without", "#hedging", "#elsewhere");
        foreach (var sae in documents)
        {
            if (sae.Trees is { } trees)
            {
                table.AddTextRow(
                    sae.Sae, $"{trees.Edges}", $"{trees.FoundEdges}", Number(trees.Absorption), Number(trees.MissedWithoutChild),
                    Number(trees.Hedging), Number(trees.HedgingElsewhere));
            }
        }

        console.Write(table);
    }

    private static string Number(double? value) =>
        value is { } number ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "-";
}
