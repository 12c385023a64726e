using System.Globalization;
using Husai.Analysis;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The result of <c>husai fourier</c> for people.</summary>
internal static class FourierTables
{
    public static void Write(IAnsiConsole console, FourierDocument document)
    {
        var truth = document.GroundTruth;
        console.WriteLine(
            $"{document.Site} of layer {document.Layer}, p = {document.Modulus}: key frequencies {string.Join(", ", truth.KeyFrequencies)}; "
            + $"planes hold {Percent(truth.PlaneShare)} of the variance, the answer alone explains {Percent(truth.AnswerShare)}");
        var planes = Tables.Create(console, "plane", "#variance", "#rank");
        foreach (var plane in truth.Planes)
        {
            planes.AddTextRow(plane.Name, Percent(plane.VarianceShare), $"{plane.Rank}");
        }

        console.Write(planes);
        WriteRecovery(console, [.. document.Saes.Select(sae => sae.Recovery), .. document.Baselines]);
        WriteClasses(console, [.. document.Saes.Select(sae => sae.Recovery), .. document.Baselines]);
        WriteCausal(console, document);
    }

    private static void WriteRecovery(IAnsiConsole console, IReadOnlyList<RecoveryReport> reports)
    {
        var table = Tables.Create(
            console, "basis", "#alive", "#overlap", "#weighted", "#null cov", "#z", "#auc", "#null iso", "#coverage", "#H3", "#sum-any", "#R2(4)", "#a+b alone", "#GT-MCC", "#chance", "#answers", "#chance");
        foreach (var report in reports)
        {
            var four = report.ProbeR2.Latents.ToList().IndexOf(4);
            table.AddTextRow(
                report.Name, $"{report.Alive}/{report.Latents}", Text(report.FourierOverlap), Text(report.FourierOverlapWeighted), Text(report.Nulls?.CovarianceMatched.Mean),
                Text(report.Nulls?.CovarianceMatched.Z), Text(report.Nulls?.CovarianceMatched.Auc), Text(report.Nulls?.Isotropic.Mean), Text(report.Coverage.Share),
                Text(report.H3.Weighted), Text(report.SumAny.Weighted), Probe(report.ProbeR2.Mean), Probe(report.ProbeR2SumPlanes),
                Text(report.GtMcc.Planes), Text(report.GtMcc.PlanesChance?.Value), Text(report.GtMcc.Answers), Text(report.GtMcc.AnswersChance?.Value));

            string Probe(IReadOnlyList<double> explained) => four >= 0 && four < explained.Count ? Text(explained[four]) : "-";
        }

        console.Write(table);
    }

    private static void WriteClasses(IAnsiConsole console, IReadOnlyList<RecoveryReport> reports)
    {
        var table = Tables.Create(console, "basis", "#single frequency", "#answer detector", "#operand", "#mixed", "#dead", "#overlap as published (chance)");
        foreach (var report in reports)
        {
            table.AddTextRow(
                report.Name, Count(LatentClass.SingleFrequency), Count(LatentClass.AnswerDetector), Count(LatentClass.Operand), Count(LatentClass.Mixed), Count(LatentClass.Dead),
                Text(report.FourierOverlapAsPublished));

            string Count(LatentClass kind) => $"{report.Classes[kind]}";
        }

        console.Write(table);
    }

    private static void WriteCausal(IAnsiConsole console, FourierDocument document)
    {
        var table = Tables.Create(console, "sae", "#accuracy", "#spliced", "#loss", "#spliced", "#loss recovered", "#frequencies agree");
        foreach (var sae in document.Saes)
        {
            table.AddTextRow(
                sae.Recovery.Name, Text(sae.Splice.Clean.Accuracy), Text(sae.Splice.Spliced.Accuracy), Small(sae.Splice.Clean.CrossEntropy), Small(sae.Splice.Spliced.CrossEntropy),
                Text(sae.Splice.CeRecoveredMean), Text(sae.Agreement?.Share));
        }

        console.Write(table);
        var ablations = Tables.Create(console, "sae", "plane", "#latents", "#loss without them", "#without the plane", "#without random ones", "#leakage");
        foreach (var sae in document.Saes)
        {
            foreach (var plane in sae.Ablations?.Planes ?? [])
            {
                ablations.AddTextRow(
                    sae.Recovery.Name, plane.Plane, $"{plane.Latents}", $"+{Small(plane.LossIncrease)}", $"+{Small(plane.ExcludedIncrease)}", $"+{Small(plane.RandomIncrease)}", Text(plane.Leakage));
            }
        }

        console.Write(ablations);
    }

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Small(double value) => value.ToString("0.00e+0", CultureInfo.InvariantCulture);

    private static string Percent(double value) => value.ToString("0.0%", CultureInfo.InvariantCulture);
}
