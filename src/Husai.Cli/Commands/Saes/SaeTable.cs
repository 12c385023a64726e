using System.Globalization;
using Husai.Analysis.Circuits;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Output;
using Husai.Networks.Splicing;
using Spectre.Console;

namespace Husai.Cli.Commands.Saes;

/// <summary>SAEs as a table: one a row.</summary>
internal static class SaeTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<SaeDocument> documents)
    {
        var showsOverlap = documents.Any(document => document.CircuitOverlap is not null);
        var table = Tables.Create(
            console,
            [
                "SAE", "architecture", "#latents", "#explained variance", "#L0", "#dead", "#spliced accuracy",
                .. showsOverlap ? (string[])["#overlap", "#other planes"] : [], "#rows/s", "weights",
            ]);
        foreach (var document in documents)
        {
            table.AddTextRow(
                [
                    document.Sae, document.Architecture, $"{document.Latents}", Number(document.ExplainedVariance, "0.0000"),
                    Number(document.L0, "0.0"), Number(document.DeadFraction, "0.0%"), Number(document.AccuracySpliced, "0.0000"),
                    .. showsOverlap ? Overlap(document.CircuitOverlap) : [], Number(document.RowsPerSecond, "0"),
                    document.WeightsHash[..12],
                ]);
        }

        console.Write(table);
        Explanation.Write(
            console,
            "L0: active latents of a row, mean; dead: share of latents that fire on too few rows; spliced accuracy: that of the "
                + "transformer with reconstructions in place of activations; "
            + (showsOverlap
                ? "overlap: share of the live decoder rows in their best plane of the circuit, and in other planes of the same span; "
                : "")
            + "rows/s: rows trained in a second; weights: start of their SHA-256.");
        foreach (var document in documents.Where(document => document.Network is not null))
        {
            WriteNetwork(console, document.Sae, document.Network!);
        }

        foreach (var document in documents.Where(document => document.Checks is not null))
        {
            foreach (var check in document.Checks!.Where(check => !check.Ok))
            {
                console.WriteLine(
                    $"{document.Sae}: {(check.RedFlag ? "red flag" : "not as expected")}: {check.Name}: {Number(check.Value, "0.####")}, "
                        + $"limit {Number(check.Limit, "0.####")}");
            }
        }
    }

    private static void WriteNetwork(IAnsiConsole console, string sae, NetworkSpliceMetrics network)
    {
        var table = Tables.Create(console, $"network with {sae}", "#spliced", "#zeros", "#mean row", "#network");
        void Add(string name, SplicedValues? values, double? own)
        {
            if (values is not null)
            {
                table.AddTextRow(
                    name, Number(values.Spliced, "0.0000"), Number(values.Zero, "0.0000"), Number(values.Mean, "0.0000"),
                    Number(own, "0.0000"));
            }
        }

        Add("KL divergence", network.Kl, 0);
        Add("cross-entropy", network.CrossEntropy, network.CrossEntropyOfNetwork);
        Add("cosine of the pooled output", network.Cosine, 1);
        console.Write(table);
        if (network.CrossEntropyRecovered is { } recovered)
        {
            console.WriteLine($"cross-entropy recovered: {Number(recovered, "0.0000")} on {network.Rows} rows");
        }
    }

    private static string[] Overlap(PlaneChoice? overlap) =>
        [Number(overlap?.Score, "0.000"), Number(overlap?.OtherPlanes.Value, "0.000")];

    private static string Number(double? value, string format) => value is { } number && double.IsFinite(number)
        ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
