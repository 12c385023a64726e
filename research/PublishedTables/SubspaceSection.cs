using Husai.Reporting.Results;
using PublishedTables.Measures;

namespace PublishedTables;

/// <summary>Experiment (d): overlap of the leading decoder directions.</summary>
internal static class SubspaceSection
{
    public static IReadOnlyList<Comparison> Comparisons(PublishedStudies studies) =>
    [
        .. PublishedNumbers.Subspaces.Select(published => new Comparison(
            $"{published.Rank} directions", published.Trained, Overlap(studies, published.Rank)?.Trained,
            published.Rerun, published.Spread)),
    ];

    /// <summary>The same of random decoders.</summary>
    public static IReadOnlyList<Comparison> RandomComparisons(PublishedStudies studies) =>
    [
        .. PublishedNumbers.Subspaces.Select(published => new Comparison(
            $"{published.Rank} directions, random", published.Random,
            Overlap(studies, published.Rank)?.Random, Spread: 0.01)),
    ];

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var comparisons = Comparisons(studies);
        text.Heading(2, "(d) Do decoders span the same subspace?");
        Comparison.Write(text, "", [.. comparisons, .. RandomComparisons(studies)]);
        text.Paragraph(
            Comparison.Summary(comparisons),
            "The original's code, run again on four transformers that differ in their seed alone, spans the range that is given: the "
                + "overlap of few directions depends on the transformer more than on the SAEs. Its encoder starts independent of its "
                + "decoder; with an encoder that starts as the decoder's transpose the overlap of 8 directions is .366 where its own "
                + "is .131.",
            "All directions of the space span the space: the overlap at the full width is 1 for any decoders.");
    }

    private static SubspaceOverlapAsPublished? Overlap(PublishedStudies studies, int rank) =>
        studies.Measured(studies.Made(PublishedStudies.Subspaces))?.Scores.SubspaceOverlapAsPublished
            .FirstOrDefault(overlap => overlap.Rank == rank);
}
