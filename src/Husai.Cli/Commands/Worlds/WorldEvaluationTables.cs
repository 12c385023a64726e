using System.Globalization;
using Husai.Analysis.Statistics;
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
                + "sample; shrinkage: norm of a reconstruction over that of its sample, mean.");
    }

    private static string Number(double? value) =>
        value is { } number ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "-";
}
