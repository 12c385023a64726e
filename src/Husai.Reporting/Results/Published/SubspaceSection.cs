namespace Husai.Reporting;

/// <summary>Experiment (d): overlap of the leading decoder directions.</summary>
internal static class SubspaceSection
{
    private const double Tolerance = 0.05;

    public static void Write(MarkdownText text, ResultsData data)
    {
        // The published overlaps are of decoders trained for longer than the headline's: those of the last row of the width sweep.
        var original = data.Original(PublishedNames.Width(1024)) ?? data.Original(PublishedNames.HeadlineTopK);
        var right = data.Right(PublishedNames.HeadlineTopK)?.First;
        text.Heading(2, "(d) Do decoders span the same subspace?").Table(
            ["leading directions", "published", "ours, as published", "difference", "published random", "ours random", "right", "right: isotropic random"],
            PublishedNumbers.Subspaces.Select(published => (IReadOnlyList<string>)
            [
                Words.Number(published.Rank, 0), Words.Number(published.Trained), Words.Number(Trained(original, published.Rank)),
                Words.Difference(Trained(original, published.Rank), published.Trained), Words.Number(published.Random), Words.Number(Random(original, published.Rank)),
                Words.Number(Trained(right, published.Rank)), Words.Number(Random(right, published.Rank)),
            ]));
        text.Paragraph(Sentences(original, right));
    }

    private static IEnumerable<string> Sentences(ResultRow? original, ResultRow? right)
    {
        var compared = PublishedNumbers.Subspaces.Where(published => Trained(original, published.Rank) is not null).ToList();
        var met = compared.Count(published => Math.Abs(Trained(original, published.Rank)!.Value - published.Trained) <= Tolerance);
        yield return compared.Count == 0 ? "The overlaps were not measured." : $"{met} of {compared.Count} overlaps lie within {Words.Number(Tolerance, 2)} of the published ones.";
        var small = PublishedNumbers.Subspaces[0].Rank;
        if (Trained(original, small) is { } ours && Random(original, small) is { } chance)
        {
            yield return ours > chance
                ? $"Trained decoders share more of their {small} leading directions than random ones ({Words.Number(ours)} against {Words.Number(chance)}), while single latents hardly agree: what agrees is where the activations vary, not the latents."
                : $"Trained decoders share no more of their {small} leading directions than random ones ({Words.Number(ours)} against {Words.Number(chance)}).";
        }

        yield return "All directions of the space span the space: the overlap at the full width is 1 for any decoders.";
        if (Trained(right, small) is { } rightOverlap && Trained(original, small) is { } originalOverlap)
        {
            yield return $"On the transformer that reads at '=' the overlap of {small} directions is {Words.Number(rightOverlap)}, "
                + (rightOverlap > originalOverlap ? "more" : "no more") + " than on the leaked one.";
        }
    }

    private static double? Trained(ResultRow? row, int rank) => row?.AsPublished?.Scores.SubspaceOverlapAsPublished.FirstOrDefault(overlap => overlap.Rank == rank)?.Trained;

    private static double? Random(ResultRow? row, int rank) => row?.AsPublished?.Scores.SubspaceOverlapAsPublished.FirstOrDefault(overlap => overlap.Rank == rank)?.Random;
}
