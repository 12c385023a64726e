namespace Husai.Reporting;

/// <summary>Is there a configuration, at any site, whose latents are the circuit's features?</summary>
internal static class OverlapQuestion
{
    private const int Shown = 12;

    public static void Write(MarkdownText text, ResultsData data)
    {
        // One seed is enough here: the overlap is of a single dictionary.
        var all = PooledRow.Of(data.Rows.Where(row => !row.IsLeaked && row.PinnedFraction is null && row.Overlap is not null));
        var sites = all.Select(row => row.First.Site).Distinct().Order(StringComparer.Ordinal).ToList();
        text.Heading(2, "Does any configuration, at any site, recover the circuit?").Paragraph(Answer(all)).Paragraph(
            $"Looked for at {Words.Listed(sites)}, {all.Count} configurations. All three are asked of every transformer of the study: an overlap above {Words.Number(PublishedNumbers.ExpectedFourierOverlap, 1)}, above the covariance-matched null, and above that of the neurons (coordinates at mlp_hidden, rows of W_out after the MLP; before it, where no neuron has written, above as many principal components as the planes have dimensions).");
        text.Paragraph(Others([.. all.Where(row => Passes(row) == 3)]));
        text.Table(
            ["configuration", "architecture", "latents", "L0", "explained variance", "Fourier overlap", "higher null", "neurons", "principal components", "probe R² (4)", "neurons", "purity", "neurons", "kappa of stability", "passes"],
            all.OrderByDescending(row => Passes(row)).ThenByDescending(row => row.OverlapKappa?.Mean ?? double.NegativeInfinity).Take(Shown).Select(row => (IReadOnlyList<string>)
            [
                row.Name, row.First.Architecture, Words.Number(row.First.Latents, 0), Words.Number(row.Mean(member => member.L0), 1),
                Words.Number(row.Mean(member => member.ExplainedVariance?.Mean)), Words.Number(row.Mean(member => member.Overlap!.Value.Mean)),
                Words.Number(row.Mean(member => member.Overlap!.StrongestChance()?.Value)), Words.Number(row.Mean(member => member.NeuronOverlap)),
                Words.Number(row.Mean(member => member.ComponentOverlap)), Words.Number(row.Mean(member => member.ProbeR2)), Words.Number(row.Mean(member => member.NeuronProbeR2)),
                Words.Number(row.Mean(member => member.Purity)), Words.Number(row.Mean(member => member.NeuronPurity)), TableText.Interval(row.Kappa, 2), $"{Passes(row)} of 3",
            ]));
    }

    /// <summary>How many of the three conditions hold on every transformer.</summary>
    public static int Passes(PooledRow row) =>
        (row.Rows.All(IsHigh) ? 1 : 0) + (row.Rows.All(BeatsNull) ? 1 : 0) + (row.Rows.All(BeatsNeurons) ? 1 : 0);

    private static string Answer(IReadOnlyList<PooledRow> rows)
    {
        if (rows.Count == 0)
        {
            return "**Not measured.**";
        }

        var all = rows.Where(row => Passes(row) == 3).ToList();
        return all.Count > 0
            ? $"**Yes: {all.Count} of {rows.Count} pass all three** ({Words.Listed([.. all.OrderByDescending(row => row.OverlapKappa!.Mean).Select(row => row.Name)])})."
            : $"**No: none of {rows.Count} passes all three.** {rows.Count(row => row.Rows.All(IsHigh))} are above {Words.Number(PublishedNumbers.ExpectedFourierOverlap, 1)}, "
                + $"{rows.Count(row => row.Rows.All(BeatsNull))} above the null, {rows.Count(row => row.Rows.All(member => IsHigh(member) && BeatsNull(member)))} above both, "
                + $"{rows.Count(row => row.Rows.All(BeatsNeurons))} above the neurons.";
    }

    // At mlp_hidden overlap is easily had against neurons, each of which lies across all planes; other measures are harder on a dictionary.
    private static string Others(List<PooledRow> passing)
    {
        if (passing.Count == 0)
        {
            return "";
        }

        var components = passing.Count(row => row.Rows.All(member => member.Overlap!.Value.Mean > member.ComponentOverlap));
        var probes = passing.Count(row => row.Rows.All(member => member.ProbeR2 > member.NeuronProbeR2));
        var purity = passing.Count(row => row.Rows.All(member => member.Purity > member.NeuronPurity));
        return $"Of these {passing.Count}, {components} also have a higher overlap than as many principal components as the planes have dimensions; where there are neurons, {probes} beat them by the R² of probes of four latents, and {purity} by purity, the share of a latent's power in one frequency."
            + (probes == 0 || purity == 0 ? " So passing by directions is not passing by function." : "");
    }

    private static bool IsHigh(ResultRow row) => row.Overlap!.Value.Mean > PublishedNumbers.ExpectedFourierOverlap;

    private static bool BeatsNull(ResultRow row) => row.Overlap!.StrongestChance() is { } chance
        && (row.Overlap.Value.Low ?? row.Overlap.Value.Mean) > chance.Value + VerdictThresholds.ChanceStandardErrors * chance.StandardError;

    private static bool BeatsNeurons(ResultRow row) => (row.NeuronOverlap ?? row.ComponentOverlap) is { } bar
        && (row.Overlap!.Value.Low ?? row.Overlap.Value.Mean) > bar;
}
