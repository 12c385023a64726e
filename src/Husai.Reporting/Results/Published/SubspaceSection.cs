using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Results.Published;

/// <summary>Experiment (d): overlap of the leading decoder directions.</summary>
internal static class SubspaceSection
{
    private const double Tolerance = 0.05;

    public static void Write(MarkdownText text, ResultsInput data)
    {
        // It is not said how long the decoders of the published overlaps were trained: the headline's and the width sweep's are the two
        // lengths that are known.
        var brief = data.Original(PublishedNames.HeadlineTopK);
        var original = data.Original(PublishedNames.Width(1024)) ?? brief;
        var right = data.Right(PublishedNames.HeadlineTopK)?.OnFirstTransformer();
        text.Heading(2, "(d) Do decoders span the same subspace?").Table(
            ["leading directions", "published", $"ours, as published, {original?.Steps} steps", "difference", "published random",
            "ours random", $"ours, {brief?.Steps} steps", "right", "right: isotropic random"],
            PublishedNumbers.Subspaces.Select(published => (IReadOnlyList<string>)
            [
                ResultText.Number(published.Rank, 0), ResultText.Number(published.Trained),
                ResultText.Number(Trained(original, published.Rank)),
                ResultText.Difference(Trained(original, published.Rank), published.Trained), ResultText.Number(published.Random),
                ResultText.Number(Random(original, published.Rank)),
                ResultText.Number(Trained(brief, published.Rank)), ResultText.Number(Trained(right, published.Rank)),
                ResultText.Number(Random(right, published.Rank)),
            ]));
        text.Paragraph(Sentences(original, brief, right));
    }

    private static IEnumerable<string> Sentences(ConfigurationResults? original, ConfigurationResults? brief, ConfigurationResults? right)
    {
        var compared = PublishedNumbers.Subspaces.Where(line => Trained(original, line.Rank) is not null).ToList();
        var met = compared.Count(line => Math.Abs(Trained(original, line.Rank)!.Value - line.Trained) <= Tolerance);
        yield return compared.Count == 0
            ? "The overlaps were not measured."
            : $"{met} of {compared.Count} overlaps lie within {ResultText.Number(Tolerance, 2)} of the published ones.";
        var small = PublishedNumbers.Subspaces[0].Rank;
        var published = PublishedNumbers.Subspaces[0].Trained;
        if (Trained(brief, small) is { } early && Trained(original, small) is { } late && early < published && published < late)
        {
            yield return $"The published overlap of {small} directions lies between ours after {brief!.Steps} steps "
                + $"({ResultText.Number(early)}) and after {original!.Steps} ({ResultText.Number(late)}). The duration of "
                + "training does not explain it: the original's encoder starts independent of its decoder, ours as its transpose, "
                + "and that alone moves this overlap.";
        }

        if (Trained(original, small) is { } ours && Random(original, small) is { } chance)
        {
            yield return ours > chance
                ? $"Trained decoders share more of their {small} leading directions than random ones ({ResultText.Number(ours)} against "
                    + $"{ResultText.Number(chance)}), while single latents hardly agree: what agrees is where the activations vary, not "
                    + $"the latents."
                : $"Trained decoders share no more of their {small} leading directions than random ones ({ResultText.Number(ours)} "
                    + $"against {ResultText.Number(chance)}).";
        }

        yield return "All directions of the space span the space: the overlap at the full width is 1 for any decoders.";
        if (Trained(right, small) is { } rightOverlap && Trained(original, small) is { } originalOverlap)
        {
            yield return $"On the transformer that reads at '=' the overlap of {small} directions is {ResultText.Number(rightOverlap)}, "
                + (rightOverlap > originalOverlap ? "more" : "no more") + " than on the leaked one.";
        }
    }

    private static double? Trained(ConfigurationResults? row, int rank) =>
        row?.AsPublished?.Scores.SubspaceOverlapAsPublished.FirstOrDefault(overlap => overlap.Rank == rank)?.Trained;

    private static double? Random(ConfigurationResults? row, int rank) =>
        row?.AsPublished?.Scores.SubspaceOverlapAsPublished.FirstOrDefault(overlap => overlap.Rank == rank)?.Random;
}
