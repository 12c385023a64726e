using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results;
using Husai.Reporting.Tables;

namespace PublishedTables;

/// <summary>The same questions on a transformer that reads at '=', with today's recipe and chance of the right shape.</summary>
internal static class RightSection
{
    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        if (!studies.Has(PublishedStudies.Right))
        {
            return;
        }

        text.Heading(2, "The same questions, asked right").Paragraph(
            "On a transformer that reads at '=' and has to compute its answer, with today's recipe, enough steps, dead latents left out, "
                + "explained variance on held-out rows and chance of the right shape. Brackets are 95% intervals over seeds.");
        text.Table(
            ["", "similarity", "chance (same shape)", "kappa", "kappa turned", "explained variance", "L0", "dead"],
            new[] { PublishedStudies.HeadlineTopK, PublishedStudies.HeadlineRelu }
                .Concat(PublishedNumbers.Widths.Select(width => PublishedStudies.Width(width.Latents)))
                .Select(studies.AskedRight).OfType<ConfigurationResults>().Select(Row));
        text.Table(
            ["step", "similarity between seeds", "chance (same shape)", "kappa", "similarity to the final SAE", "explained variance"],
            (studies.AskedRight(PublishedStudies.Epochs)?.Formation ?? []).Select(point => (IReadOnlyList<string>)
            [
                ResultText.Number(point.Step, 0), TableText.Interval(point.ToOtherSeeds), ResultText.Number(point.Chance),
                TableText.Kappa(point.Kappa), ResultText.Number(point.ToFinalSelf?.Mean),
                ResultText.Number(point.ExplainedVariance?.Mean),
            ]));
        text.Table(
            ["leading directions", "overlap", "random decoders"],
            (studies.Measured(studies.AskedRight(PublishedStudies.HeadlineTopK))?.Scores.SubspaceOverlapAsPublished ?? []).Select(
                overlap => (IReadOnlyList<string>)
                [
                    ResultText.Number(overlap.Rank, 0), ResultText.Number(overlap.Trained), ResultText.Number(overlap.Random),
                ]));
        text.Table(
            ["pinned", "similarity of the other rows", "chance (same shape)", "kappa"],
            PublishedNumbers.Pinning
                .Select(pinned => (
                    pinned.Fraction,
                    studies.Measured(studies.AskedRight(PublishedStudies.Pinned(pinned.Fraction)))?.Unpinned))
                .Where(row => row.Unpinned is not null).Select(row => (IReadOnlyList<string>)
                [
                    ResultText.Percent(row.Fraction), TableText.Interval(row.Unpinned!.Interval),
                    ResultText.Number(row.Unpinned.Levels.SameShape.Value), TableText.Kappa(row.Unpinned.Kappa),
                ]));
        text.Paragraph(Fourier(studies));
    }

    private static IReadOnlyList<string> Row(ConfigurationResults row) =>
    [
        row.Name, TableText.Interval(row.Stability?.Value), ResultText.Number(row.Stability?.Levels.SameShape.Value),
        TableText.Kappa(row.Kappa), TableText.Kappa(row.Stability?.KappaTurned), TableText.Interval(row.ExplainedVariance),
        ResultText.Number(row.L0?.Mean, 1), ResultText.Percent(row.DeadFraction?.Mean),
    ];

    private static IEnumerable<string> Fourier(PublishedStudies studies)
    {
        if (studies.AskedRight(PublishedStudies.HeadlineTopK)?.Circuit is { } circuit)
        {
            yield return $"The overlap of the headline's TopK with the circuit's planes is {TableText.Interval(circuit.Overlap)}, with "
                + $"other planes of the same span {ResultText.Number(circuit.OtherPlanes.Value)}.";
        }

        if (studies.Embedding(PublishedStudies.Right) is { Count: > 0 } shares)
        {
            var five = shares.FirstOrDefault(share => share.Frequencies == 5) ?? shares[0];
            yield return $"Its {five.Frequencies} leading frequencies hold {ResultText.Percent(five.Right)} of the embedding; the "
                + $"published R² gives them {ResultText.Percent(five.AsPublished)}.";
        }
    }
}
