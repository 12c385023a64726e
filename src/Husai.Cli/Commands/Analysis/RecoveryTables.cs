using Husai.Analysis;
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

    private static void WriteDirections(IAnsiConsole console, IReadOnlyList<(string Label, RecoveryReport Report)> rows)
    {
        console.WriteLine();
        Explanation.Write(
            console,
            "Directions. overlap: mean share of a decoder row in its best plane; weighted: by the latents' variance; cov, data, iso: "
            + "the same for random directions of the activations' covariance (the one to beat), for data points, and for isotropic "
            + "directions; auc: P(a latent has more than a cov direction), chance .5; published: the original project's overlap, which "
            + "is chance by construction.");
        var table = Tables.Create(console, "basis", "#alive", "#overlap", "#weighted", "#cov", "#data", "#iso", "#auc", "#published");
        foreach (var (label, report) in rows)
        {
            var nulls = report.Nulls;
            table.AddTextRow(
                label, $"{report.Alive}/{report.Latents}", FourierTables.Text(report.FourierOverlap), FourierTables.Text(report.FourierOverlapWeighted),
                FourierTables.Text(nulls?.CovarianceMatched.Mean), FourierTables.Text(nulls?.DataPoints.Mean), FourierTables.Text(nulls?.Isotropic.Mean),
                FourierTables.Text(nulls?.CovarianceMatched.Auc), FourierTables.Text(report.FourierOverlapAsPublished));
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
                label, Count(LatentClass.SingleFrequency), Count(LatentClass.AnswerDetector), Count(LatentClass.Operand), Count(LatentClass.Mixed), Count(LatentClass.Dead),
                FourierTables.Text(report.Purity.Weighted), FourierTables.Text(report.H3.Weighted), FourierTables.Text(report.SumAny.Weighted));

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
            + "latents, over all planes and over those of a + b; GT-MCC: one-to-one match with the planes, and with the mean activation "
            + "of each answer; chance: covariance-matched directions of the same number.");
        var table = Tables.Create(console, "basis", "#coverage", "#R2(4)", "#R2(4) a+b", "#planes", "#chance", "#answers", "#chance");
        foreach (var (label, report) in rows)
        {
            var four = report.ProbeR2.Latents.ToList().IndexOf(4);
            table.AddTextRow(
                label, FourierTables.Text(report.Coverage.Share), Probe(report.ProbeR2.Mean), Probe(report.ProbeR2SumPlanes), FourierTables.Text(report.GtMcc.Planes),
                FourierTables.Text(report.GtMcc.PlanesChance?.Value), FourierTables.Text(report.GtMcc.Answers), FourierTables.Text(report.GtMcc.AnswersChance?.Value));

            string Probe(IReadOnlyList<double> explained) => four >= 0 && four < explained.Count ? FourierTables.Text(explained[four]) : "-";
        }

        console.Write(table);
    }
}
