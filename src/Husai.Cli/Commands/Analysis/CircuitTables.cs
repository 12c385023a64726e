using System.Globalization;
using Husai.Analysis.Circuits;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>
/// The result of <c>husai circuit</c> for people: the verdict, the site and how each basis lies to the circuit; all else where it is asked
/// for.
/// </summary>
internal static class CircuitTables
{
    public static void Write(IAnsiConsole console, CircuitDocument document, bool all)
    {
        Explanation.Write(
            console,
            document.Saes.Count > 1
                ? $"Verdict over the {document.Saes.Count} SAEs: {document.Verdict.Sentence}"
                : document.Verdict.Sentence);
        console.WriteLine();
        WriteSite(console, document, all);
        IReadOnlyList<(string Label, RecoveryReport Report)> rows =
        [
            .. document.Saes.Select((sae, index) => (LabelOf(index), sae.Recovery)),
            .. document.Baselines.Select(report => (report.Name, report)),
            .. document.NullSaes.Select((report, index) => ($"null SAE {index + 1}", report)),
        ];
        if (!all)
        {
            RecoveryTables.WriteOverview(console, rows);
            return;
        }

        RecoveryTables.Write(console, rows);
        CausalTables.Write(console, document);
        console.WriteLine();
        foreach (var (index, probes) in document.Probes.Index())
        {
            if (probes is { ProbeR2: { } probe, BaselineProbeR2: { } baseline })
            {
                Explanation.Write(
                    console,
                    $"{LabelOf(index)}: probes of 4 latents {Text(probe)}, {(probe > baseline ? "better" : "no better")} than "
                        + $"{probes.BestBaseline} ({Text(baseline)}).");
            }
        }
    }

    public static string LabelOf(int sae) => $"SAE {sae + 1}";

    public static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    public static string Small(double value) => value.ToString("0.00e+0", CultureInfo.InvariantCulture);

    private static void WriteSite(IAnsiConsole console, CircuitDocument document, bool all)
    {
        var circuit = document.Circuit;
        var keys = circuit.KeyFrequencies.Count == 0 ? "none" : string.Join(", ", circuit.KeyFrequencies);
        console.WriteLine($"{document.Site} of layer {document.Layer}, p = {document.Modulus}; key frequencies of the logits: {keys}");
        console.WriteLine(
            $"Planes of waves hold {Percent(circuit.PlaneShare)} of the variance; the answer a + b alone explains "
                + $"{Percent(circuit.AnswerShare)}.");
        foreach (var (index, sae) in document.Saes.Index())
        {
            console.WriteLine($"{LabelOf(index)} = {sae.Recovery.Name}");
        }

        foreach (var (index, report) in document.NullSaes.Index())
        {
            console.WriteLine($"null SAE {index + 1} = {report.Name}");
        }

        if (!all)
        {
            return;
        }

        var planes = Tables.Create(console, "plane", "#variance", "#rank");
        foreach (var plane in circuit.Planes)
        {
            planes.AddTextRow(plane.Name, Percent(plane.VarianceShare), $"{plane.Rank}");
        }

        console.Write(planes);
    }

    private static string Percent(double value) => value.ToString("0.0%", CultureInfo.InvariantCulture);
}
