using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Matching;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>A stability report for people.</summary>
internal static class StabilityTables
{
    public static void Write(IAnsiConsole console, SeedStability report)
    {
        console.WriteLine(
            $"Similarity: {report.Options.Name}; dead latents {(report.Options.IncludeDead ? "take part" : "and zero rows are left out")}");
        var saes = Tables.Create(console, "#", "sae", "#latents", "#alive", "#dead", "#zero rows");
        for (var i = 0; i < report.Saes.Count; i++)
        {
            saes.AddTextRow(
                $"{i + 1}", report.Saes[i], $"{report.Latents[i]}", $"{report.Alive[i]}", $"{report.Dead[i]}", $"{report.ZeroRows[i]}");
        }

        console.Write(saes);
        WriteMatrix(console, report);
        WriteHeadline(console, report);
        Explanation.Write(console, Sentence(report.Main));
        WriteSharedStarts(console, report.SharedStarts, report.Saes);
        WriteLevels(console, report.Levels);
        WriteSummary(console, report);
        WriteShared(console, report);
        WriteSubspaces(console, report);
        WritePredictors(console, report.Predictors ?? []);
        console.WriteLine();
        Explanation.Write(
            console,
            "chance: two random dictionaries of the same shape (as many directions, with the same second moments); kappa = (stability - "
                + "chance) / "
            + "(1 - chance): 0 at chance, 1 for the same dictionary; turned kappa: the same against the SAEs turned within the "
            + "activations' principal directions.");
    }

    /// <summary>The verdict in words, or why there is none.</summary>
    public static string Sentence(SeedSimilarity similarity) => (similarity.Verdict, similarity.Kappa, similarity.P) switch
    {
        ({ } verdict, _, _) => verdict.Text.EndsWith('.') ? verdict.Text : verdict.Text + ".",
        (_, null, _) => "No verdict: chance leaves no room.",
        (_, _, { } p) =>
            $"No verdict: two SAEs give no interval over seeds; p = "
                + $"{p.ToString("0.000", CultureInfo.InvariantCulture)}{(similarity.PIsApproximate ? " (approximate)" : "")} "
            + "that two random dictionaries of the same shape are at least as alike.",
        _ => "No verdict: two SAEs give no interval over seeds.",
    };

    /// <summary>Says which pairs began at the same weights, and how that is known.</summary>
    public static void WriteSharedStarts(IAnsiConsole console, IReadOnlyList<SharedStart> starts, IReadOnlyList<string> names)
    {
        const int most = 12;
        foreach (var start in starts.Take(most))
        {
            var evidence = start.Evidence switch
            {
                SharedStartEvidence.InitialisationSeed => "equal seed of initialisation",
                SharedStartEvidence.StartingWeights => "equal weights at step 0",
                _ => "latents with the same index are similar",
            };
            var cosine = start.SameIndexCosine is { } value ? $", cosine of latents of the same number {Text(value)}" : "";
            var motion = start.CommonMotion is { } common ? $", common motion {Corrected(common)}" : "";
            console.WriteLine($"Shared start: {names[start.First]} and {names[start.Second]} ({evidence}{cosine}{motion})");
        }

        if (starts.Count > most)
        {
            console.WriteLine($"... and {starts.Count - most} more pairs that share their start");
        }
    }

    public static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Text(Interval interval) => Text(interval, Text);

    /// <summary>Kappa with its interval, or "-" where there is none.</summary>
    public static string Text(Kappa? kappa) => kappa?.ToText() ?? "-";

    private static string Text(Interval interval, Func<double, string> text) =>
        interval.Low is { } low ? $"{text(low)} to {text(interval.High!.Value)}" : "needs three seeds";

    // As many digits as the scores beside it.
    private static string Corrected(double kappa) => Kappa.Text(kappa, decimals: 4);

    private static void WriteHeadline(IAnsiConsole console, SeedStability report)
    {
        var table = Tables.Create(console, "#stability", "#chance", "kappa", "#cosine to start", "turned kappa");
        table.AddTextRow(
            Text(report.Mean), Level(report.Levels.SameShape), Text(report.Kappa), report.CosineToStart is { } cosine ? Text(cosine) : "-",
            Text(report.KappaTurned));
        console.Write(table);
    }

    private static void WriteLevels(IAnsiConsole console, ChanceLevels levels)
    {
        var table = Tables.Create(console, "chance level", "#value");
        AddLevel(table, "same shape", levels.SameShape);
        AddLevel(table, "same shape, uncorrected", levels.SameShapeUncorrected);
        AddLevel(table, "turned within principal directions", levels.Turned);
        AddLevel(table, "reference: isotropic directions", levels.Isotropic);
        AddLevel(table, "reference: nearest other latent of the same SAE", levels.OwnNeighbour);
        AddLevel(table, "reference: untrained, the same latents", levels.Untrained);
        AddLevel(table, "reference: directions drawn like the activations", levels.Activations);
        console.Write(table);
    }

    private static void AddLevel(Table table, string name, ChanceLevel? level)
    {
        if (level is not null)
        {
            table.AddTextRow(name, $"{Level(level)}{(level.Draws > 0 ? $" ({level.Draws} draws)" : "")}");
        }
    }

    private static string Level(ChanceLevel level) =>
        level.StandardError > 0
            ? $"{Text(level.Value)} ± {level.StandardError.ToString("0.0000", CultureInfo.InvariantCulture)}"
            : Text(level.Value);

    private static void WriteSummary(IAnsiConsole console, SeedStability report)
    {
        var summary = Tables.Create(console, "measure", "#value");
        summary.AddTextRow($"{report.Interval.Confidence:0%} interval of stability over seeds", Text(report.Interval));
        var pairs = report.Pairs;
        summary.AddTextRow(
            "standard deviation of the pairs", pairs.StandardDeviation is { } deviation ? Text(deviation) : "needs two pairs");
        summary.AddTextRow("least, median, largest pair", $"{Text(pairs.Least)}, {Text(pairs.Median)}, {Text(pairs.Largest)}");
        summary.AddTextRow(
            string.Create(CultureInfo.InvariantCulture, $"pairs above {PairSpread.Threshold}, of {pairs.Pairs}"),
            pairs.ShareAboveThreshold.ToString("0.0%", CultureInfo.InvariantCulture));
        summary.AddTextRow("stable latents: in >= 95% of other seeds", report.StableShare.ToString("0.0%", CultureInfo.InvariantCulture));
        summary.AddTextRow("unstable latents: in <= 5% of them", report.UnstableShare.ToString("0.0%", CultureInfo.InvariantCulture));
        if (report.EffectiveRank is { } rank)
        {
            summary.AddTextRow(
                $"effective rank of the {(report.Levels.Activations is null ? "decoders" : "activations")}",
                rank.ToString("0.0", CultureInfo.InvariantCulture));
        }

        if (report.ActivationSimilarity is { } activations)
        {
            summary.AddTextRow("activations: mean correlation over pairs", $"{Text(activations.Mean)} ({Text(activations.Interval)})");
            summary.AddTextRow("activations: the same, encoders turned", Level(activations.Turned));
            summary.AddTextRow(
                "activations: kappa against turned encoders",
                $"{Corrected(activations.KappaTurned.Mean)} ({Text(activations.KappaTurned, Corrected)})");
            if (activations.Untrained is { } untrained)
            {
                summary.AddTextRow("activations: before training", Text(untrained));
            }
        }

        console.Write(summary);
    }

    private static void WriteMatrix(IAnsiConsole console, SeedStability report)
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

    private static void WriteShared(IAnsiConsole console, SeedStability report)
    {
        if (report.Shared.Count == 0)
        {
            console.WriteLine(
                $"Shared fractions are measured beside other similarities up to {HungarianMatcher.LargestMatrixSide} latents: "
                + "not measured; --matcher hungarian --reduction fraction asks for one.");
            return;
        }

        var table = Tables.Create(
            console, "shared latents (signed, hungarian, decoder)", "#share", "#encoder too, same partner", "#chance");
        foreach (var shared in report.Shared)
        {
            table.AddTextRow(
                $"cosine above {shared.Threshold.ToString("0.##", CultureInfo.InvariantCulture)}", Text(shared.Value),
                shared.Strict is { } strict ? Text(strict) : "-", Text(shared.Chance));
        }

        console.Write(table);
    }

    private static void WriteSubspaces(IAnsiConsole console, SeedStability report)
    {
        if (report.Subspaces.Count == 0 && report.UnstableSubspace is null)
        {
            return;
        }

        var table = Tables.Create(console, "subspace", "#overlap", "#chance", "#drawn like activations");
        foreach (var subspace in report.Subspaces)
        {
            table.AddTextRow($"{subspace.Dimension} main directions", Text(subspace.Overlap), Text(subspace.Chance), Drawn(subspace));
        }

        if (report.UnstableSubspace is { } unstable)
        {
            table.AddTextRow(
                $"unstable latents, {unstable.Dimension} directions", Text(unstable.Overlap), Text(unstable.Chance), Drawn(unstable));
        }

        console.Write(table);
    }

    private static void WritePredictors(IAnsiConsole console, IReadOnlyList<StabilityCorrelation> predictors)
    {
        if (predictors.Count == 0)
        {
            return;
        }

        var table = Tables.Create(
            console, "stability against (rank correlation)", "#probability", "interval over seeds", "#mean cosine", "interval over seeds");
        foreach (var predictor in predictors)
        {
            table.AddTextRow(
                predictor.Property, Text(predictor.WithProbability.Mean), Text(predictor.WithProbability),
                Text(predictor.WithMeanCosine.Mean), Text(predictor.WithMeanCosine));
        }

        console.Write(table);
    }

    private static string Drawn(SubspaceAgreement subspace) => subspace.Activations is { } value ? Text(value) : "-";
}
