using System.Globalization;
using Husai.Analysis;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>A stability report for people.</summary>
internal static class StabilityTables
{
    public static void Write(IAnsiConsole console, StabilityReport report)
    {
        console.WriteLine($"Similarity: {report.Options.Name}; dead latents {(report.Options.IncludeDead ? "take part" : "and zero rows are left out")}");
        var saes = Tables.Create(console, "#", "sae", "#latents", "#alive", "#dead", "#zero rows");
        for (var i = 0; i < report.Saes.Count; i++)
        {
            saes.AddTextRow($"{i + 1}", report.Saes[i], $"{report.Latents[i]}", $"{report.Alive[i]}", $"{report.Dead[i]}", $"{report.ZeroRows[i]}");
        }

        console.Write(saes);
        WriteMatrix(console, report);
        var summary = Tables.Create(console, "measure", "#value");
        summary.AddTextRow("mean over pairs", Text(report.Mean));
        summary.AddTextRow($"{report.Interval.Confidence:0%} interval over seeds", Text(report.Interval));
        summary.AddTextRow("chance, isotropic", Chance(report.Chance.Isotropic, report.Chance.IsotropicSe, report.Chance.IsotropicDraws));
        summary.AddTextRow(
            $"chance, covariance of the {report.Chance.CovarianceSource}",
            Chance(report.Chance.CovarianceMatched, report.Chance.CovarianceMatchedSe, report.Chance.CovarianceMatchedDraws));
        summary.AddTextRow("kappa, isotropic", Text(report.Kappa.Isotropic));
        summary.AddTextRow("kappa, covariance-matched", Text(report.Kappa.CovarianceMatched));
        summary.AddTextRow("stable latents: in >= 95% of other seeds", report.StableShare.ToString("0.0%", CultureInfo.InvariantCulture));
        summary.AddTextRow("unstable latents: in <= 5% of them", report.UnstableShare.ToString("0.0%", CultureInfo.InvariantCulture));
        if (report.EffectiveRank is { } rank)
        {
            summary.AddTextRow($"effective rank of the {report.Chance.CovarianceSource}", rank.ToString("0.0", CultureInfo.InvariantCulture));
        }

        if (report.ActivationSimilarity is { } activations)
        {
            summary.AddTextRow("activations: mean correlation over pairs", $"{Text(activations.Mean)} ({Text(activations.Interval)})");
            summary.AddTextRow("activations: the same, encoders turned", Chance(activations.Turned.Value, activations.Turned.StandardError, activations.Turned.Draws));
            summary.AddTextRow("activations: kappa against turned encoders", $"{Text(activations.KappaTurned.Mean)} ({Text(activations.KappaTurned)})");
            if (activations.Untrained is { } untrained)
            {
                summary.AddTextRow("activations: before training", Text(untrained));
            }
        }

        console.Write(summary);
        WriteShared(console, report);
        WriteSubspaces(console, report);
        WritePredictors(console, report.Predictors ?? []);
        console.WriteLine();
        console.WriteLine("kappa = (mean - chance) / (1 - chance): 0 at chance, 1 for the same dictionary.");
        Explanation.Write(console, $"Verdict: {Verdict(report)}");
    }

    public static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Text(Interval interval) => interval.Low is { } low ? $"{Text(low)} to {Text(interval.High!.Value)}" : "needs three seeds";

    private static string Chance(double value, double standardError, int draws) => draws == 0
        ? $"{Text(value)} (exact)"
        : $"{Text(value)} ± {standardError.ToString("0.0000", CultureInfo.InvariantCulture)} ({draws} draws)";

    private static string Verdict(StabilityReport report)
    {
        var strongest = Text(report.Chance.Strongest);
        return report.AboveChance switch
        {
            true => $"the seeds agree beyond chance: the whole interval lies above {strongest}, the stronger chance level.",
            false => $"no agreement beyond chance is shown: the interval does not lie above {strongest}, the stronger chance level.",
            _ => $"the mean is {(report.Mean > report.Chance.Strongest ? "above" : "not above")} {strongest}, the stronger chance level; two seeds give no interval, so no more can be said.",
        };
    }

    private static void WriteMatrix(IAnsiConsole console, StabilityReport report)
    {
        const int largest = 12;
        if (report.Matrix.Length > largest)
        {
            return;
        }

        var table = Tables.Create(console, ["", .. Enumerable.Range(1, report.Matrix.Length).Select(i => $"#{i}")]);
        for (var i = 0; i < report.Matrix.Length; i++)
        {
            table.AddTextRow([$"{i + 1}", .. report.Matrix[i].Select(Text)]);
        }

        console.Write(table);
    }

    private static void WriteShared(IAnsiConsole console, StabilityReport report)
    {
        if (report.Shared.Count == 0)
        {
            console.WriteLine($"Shared fractions need one-to-one matching, which goes up to {HungarianMatcher.LargestSide} latents: not measured.");
            return;
        }

        var table = Tables.Create(console, "shared latents (signed, hungarian, decoder)", "#share", "#encoder too, same partner", "#chance");
        foreach (var shared in report.Shared)
        {
            table.AddTextRow(
                $"cosine above {shared.Threshold.ToString("0.##", CultureInfo.InvariantCulture)}", Text(shared.Value), shared.Strict is { } strict ? Text(strict) : "-", Text(shared.Chance));
        }

        console.Write(table);
    }

    private static void WriteSubspaces(IAnsiConsole console, StabilityReport report)
    {
        if (report.Subspaces.Count == 0 && report.UnstableSubspace is null)
        {
            return;
        }

        var table = Tables.Create(console, "subspace", "#overlap", "#chance", "#covariance-matched");
        foreach (var subspace in report.Subspaces)
        {
            table.AddTextRow($"{subspace.Dimension} main directions", Text(subspace.Overlap), Text(subspace.Chance), Text(subspace.CovarianceMatched));
        }

        if (report.UnstableSubspace is { } unstable)
        {
            table.AddTextRow($"unstable latents, {unstable.Dimension} directions", Text(unstable.Overlap), Text(unstable.Chance), Text(unstable.CovarianceMatched));
        }

        console.Write(table);
    }

    private static void WritePredictors(IAnsiConsole console, IReadOnlyList<StabilityCorrelation> predictors)
    {
        if (predictors.Count == 0)
        {
            return;
        }

        var table = Tables.Create(console, "stability against (rank correlation)", "#probability", "interval over seeds", "#mean cosine", "interval over seeds");
        foreach (var predictor in predictors)
        {
            table.AddTextRow(
                predictor.Property, Text(predictor.WithProbability.Mean), Text(predictor.WithProbability), Text(predictor.WithMeanCosine.Mean), Text(predictor.WithMeanCosine));
        }

        console.Write(table);
    }
}
