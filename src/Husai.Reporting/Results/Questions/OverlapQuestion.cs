using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Questions;

/// <summary>Is there a configuration, at any site, whose latents are the circuit's features?</summary>
internal static class OverlapQuestion
{
    // What the first day asks of a good SAE (docs/first-day.md).
    private const double ExpectedOverlap = 0.6;

    private const int Shown = 12;

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var all = ResultsInput.Pooled(data.Rows.Where(row => row.PinnedFraction is null && row.Circuit?.RecoversCircuit is not null));
        var sites = all.Select(row => row.Site).Distinct().Order(StringComparer.Ordinal).ToList();
        text.Heading(2, "Does any configuration, at any site, recover the circuit?").Paragraph(Answer(all)).Paragraph(
            $"Looked for at {ResultText.Listed(sites)}, {all.Count} configurations. All three are asked of every transformer of the "
                + $"study: an overlap above {ResultText.Number(ExpectedOverlap, 1)}, the circuit recovered (kappa "
                + $"against other planes of the same span above 0 and the overlap above data points, each with its whole interval), and "
                + $"above that of the neurons (coordinates at mlp_hidden, rows of W_out after the MLP; before it, where no neuron has "
                + $"written, above as many principal components as the planes have dimensions).");
        text.Paragraph(Others([.. all.Where(row => Passes(row) == 3)]));
        text.Table(
            ["configuration", "architecture", "latents", "L0", "explained variance", "Fourier overlap", "other planes", "data points",
            "neurons", "principal components", "probe R² (4)", "neurons", "purity", "neurons", "kappa of stability", "passes"],
            all.OrderByDescending(row => Passes(row)).ThenByDescending(row => row.Circuit?.Kappa.Value ?? double.NegativeInfinity)
                .Take(Shown).Select(row => (IReadOnlyList<string>)
            [
                row.Name, row.Architecture, ResultText.Number(row.Latents, 0), ResultText.Number(row.Mean(member => member.L0?.Mean), 1),
                ResultText.Number(row.Mean(member => member.ExplainedVariance?.Mean)),
                ResultText.Number(row.Mean(member => member.Circuit!.Overlap.Mean)),
                ResultText.Number(row.Mean(member => member.Circuit!.OtherPlanes.Value)),
                ResultText.Number(row.Mean(member => member.Circuit!.DataPoints)),
                ResultText.Number(row.Mean(member => member.NeuronOverlap)),
                ResultText.Number(row.Mean(member => member.ComponentOverlap)), ResultText.Number(row.Mean(member => member.ProbeR2)),
                ResultText.Number(row.Mean(member => member.NeuronProbeR2)),
                ResultText.Number(row.Mean(member => member.Purity)), ResultText.Number(row.Mean(member => member.NeuronPurity)),
                TableText.Kappa(row.Kappa), $"{Passes(row)} of 3",
            ]));
    }

    /// <summary>How many of the three conditions hold on every transformer.</summary>
    public static int Passes(ConfigurationResults row) =>
        (row.OnEachTransformer().All(IsHigh) ? 1 : 0) + (row.OnEachTransformer().All(Recovers) ? 1 : 0)
        + (row.OnEachTransformer().All(BeatsNeurons) ? 1 : 0);

    private static string Answer(IReadOnlyList<ConfigurationResults> rows)
    {
        if (rows.Count == 0)
        {
            return "**Not measured.**";
        }

        var all = rows.Where(row => Passes(row) == 3).ToList();
        return all.Count > 0
            ? $"**Yes: {all.Count} of {rows.Count} pass all three** "
                + $"({ResultText.Listed([.. all.OrderByDescending(row => row.Circuit!.Kappa.Value).Select(row => row.Name)])})."
            : $"**No: none of {rows.Count} passes all three.** {rows.Count(row => row.OnEachTransformer().All(IsHigh))} are above "
                + $"{ResultText.Number(ExpectedOverlap, 1)}, "
                + $"{rows.Count(row => row.OnEachTransformer().All(Recovers))} recover it, "
                + $"{rows.Count(row => row.OnEachTransformer().All(member => IsHigh(member) && Recovers(member)))} both, "
                + $"{rows.Count(row => row.OnEachTransformer().All(BeatsNeurons))} above the neurons.";
    }

    // At mlp_hidden overlap is easily had against neurons, each of which lies across all planes; other measures are harder on a dictionary.
    private static string Others(List<ConfigurationResults> passing)
    {
        if (passing.Count == 0)
        {
            return "";
        }

        var components = passing.Count(
            row => row.OnEachTransformer().All(member => member.Circuit!.Overlap.Mean > member.ComponentOverlap));
        var probes = passing.Count(row => row.OnEachTransformer().All(member => member.ProbeR2 > member.NeuronProbeR2));
        var purity = passing.Count(row => row.OnEachTransformer().All(member => member.Purity > member.NeuronPurity));
        return $"Of these {passing.Count}, {components} also have a higher overlap than as many principal components as the planes have "
            + $"dimensions; where there are neurons, {probes} beat them by the R² of probes of four latents, and {purity} by purity, the "
            + $"share of a latent's power in one frequency."
            + (probes == 0 || purity == 0 ? " So passing by directions is not passing by function." : "");
    }

    private static bool IsHigh(ConfigurationResults row) => row.Circuit!.Overlap.Mean > ExpectedOverlap;

    private static bool Recovers(ConfigurationResults row) => row.Circuit!.RecoversCircuit == true;

    private static bool BeatsNeurons(ConfigurationResults row) => (row.NeuronOverlap ?? row.ComponentOverlap) is { } bar
        && (row.Circuit!.Overlap.Low ?? row.Circuit.Overlap.Mean) > bar;
}
