using Husai.Analysis.Circuits;
using Husai.Analysis.Stability;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>How each basis recovers the circuit: directions, functions, recovery; each table under the words that explain it.</summary>
internal static class RecoveryTables
{
    public static void Write(IAnsiConsole console, IReadOnlyList<(string Label, RecoveryReport Report)> rows)
    {
        WriteDirections(console, rows);
        WriteFunctions(console, rows);
        WriteRecovery(console, rows);
    }

    /// <summary>What the verdict reads, in a table that fits a screen.</summary>
    public static void WriteOverview(IAnsiConsole console, IReadOnlyList<(string Label, RecoveryReport Report)> rows)
    {
        console.WriteLine();
        Explanation.Write(
            console,
            "overlap: energy of the decoder rows in their best plane; others: the same with other planes of the same span; kappa = "
                + "(overlap - others) / (1 - others); data: overlap of data points; R2(4): of probes for the planes' waves with 4 latents. "
                + "--all prints every table.");
        var table = Tables.Create(console, "basis", "#alive", "#overlap", "#others", "#kappa", "#data", "#R2(4)");
        foreach (var (label, report) in rows)
        {
            table.AddTextRow(
                label, $"{report.Alive}/{report.Latents}", CircuitTables.Text(report.FourierOverlap),
                CircuitTables.Text(report.ChoiceOfPlane?.OtherPlanes.Value),
                report.ChoiceOfPlane is { } choice ? Kappa.Text(choice.Kappa) : CircuitTables.Text(null),
                CircuitTables.Text(report.Nulls?.DataPoints.Mean),
                CircuitTables.Text(report.ProbeR2.At(ProbeResult.ComparedLatents)));
        }

        console.Write(table);
    }

    private static void WriteDirections(IAnsiConsole console, IReadOnlyList<(string Label, RecoveryReport Report)> rows)
    {
        console.WriteLine();
        Explanation.Write(
            console,
            "Directions. presence: energy of the decoder rows in the span of all planes; chance: that of isotropic rows. overlap: energy "
                + "in the "
            + "best plane; others: the same with other planes of the same span; kappa = (overlap - others) / (1 - others); p: share of "
            + "the others that are as high. data: overlap of data points. published: the original project's overlap, which is chance by "
            + "construction.");
        var table = Tables.Create(
            console, "basis", "#alive", "#presence", "#chance", "#overlap", "#weighted", "#others", "#kappa", "#p", "#data", "#published");
        foreach (var (label, report) in rows)
        {
            table.AddTextRow(
                label,
                $"{report.Alive}/{report.Latents}",
                CircuitTables.Text(report.SpanEnergy),
                CircuitTables.Text(report.SpanEnergyChance),
                CircuitTables.Text(report.FourierOverlap),
                CircuitTables.Text(report.FourierOverlapWeighted),
                CircuitTables.Text(report.ChoiceOfPlane?.OtherPlanes.Value),
                report.ChoiceOfPlane is { } choice ? Kappa.Text(choice.Kappa) : CircuitTables.Text(null),
                CircuitTables.Text(report.ChoiceOfPlane?.P),
                CircuitTables.Text(report.Nulls?.DataPoints.Mean),
                CircuitTables.Text(report.FourierOverlapAsPublished));
        }

        console.Write(table);
    }

    private static void WriteFunctions(IAnsiConsole console, IReadOnlyList<(string Label, RecoveryReport Report)> rows)
    {
        console.WriteLine();
        Explanation.Write(
            console,
            "Functions over all inputs (a, b). single: one frequency of a + b; answer: detects answers; operand: reads a or b. Shares "
            + "of a latent's power, weighted by variance. purity: in one frequency; H3: in one of a + b with two harmonics; sum-any: a "
            + "function of a + b. The untrained SAE is their null.");
        var table = Tables.Create(console, "basis", "#single", "#answer", "#operand", "#mixed", "#dead", "#purity", "#H3", "#sum-any");
        foreach (var (label, report) in rows)
        {
            table.AddTextRow(
                label, Count(LatentClass.SingleFrequency), Count(LatentClass.AnswerDetector), Count(LatentClass.Operand),
                Count(LatentClass.Mixed), Count(LatentClass.Dead),
                CircuitTables.Text(report.Purity.Weighted), CircuitTables.Text(report.H3.Weighted),
                CircuitTables.Text(report.SumAny.Weighted));

            string Count(LatentClass kind) => $"{report.Classes[kind]}";
        }

        console.Write(table);
    }

    private static void WriteRecovery(IAnsiConsole console, IReadOnlyList<(string Label, RecoveryReport Report)> rows)
    {
        console.WriteLine();
        Explanation.Write(
            console,
            "Recovery. coverage: share of planes with a latent of their frequency; R2(4): of probes for the planes' waves with 4 "
            + "latents, over all planes and over those of a + b; planes: one-to-one match with the planes; others: with other planes of "
            + "the same "
            + "span; answers: with the mean activation of each answer; drawn: with as many directions drawn like the activations.");
        var table = Tables.Create(console, "basis", "#coverage", "#R2(4)", "#R2(4) a+b", "#planes", "#others", "#answers", "#drawn");
        foreach (var (label, report) in rows)
        {
            var probe = report.ProbeR2;
            table.AddTextRow(
                label, CircuitTables.Text(report.Coverage.Share), CircuitTables.Text(probe.At(ProbeResult.ComparedLatents)),
                CircuitTables.Text(probe.At(ProbeResult.ComparedLatents, report.ProbeR2SumPlanes)),
                CircuitTables.Text(report.GtMcc.Planes?.Score),
                CircuitTables.Text(report.GtMcc.Planes?.OtherPlanes.Value), CircuitTables.Text(report.GtMcc.Answers),
                CircuitTables.Text(report.GtMcc.AnswersChance?.Value));
        }

        console.Write(table);
    }
}
