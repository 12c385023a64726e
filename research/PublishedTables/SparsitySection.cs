using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>Stability over k at 128 latents.</summary>
internal static class SparsitySection
{
    public static IReadOnlyList<Comparison> Comparisons(PublishedStudies studies) =>
    [
        .. PublishedNumbers.Sparsities.Select(published => new Comparison(
            $"k = {published.K}", published.Pwmcc, studies.Pwmcc(PublishedStudies.Sparsity(published.K)),
            Spread: PublishedNumbers.PwmccSpread)),
    ];

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var comparisons = Comparisons(studies);
        text.Heading(2, "Stability over k, 128 latents");
        Comparison.Write(text, "", comparisons);
        text.Paragraph(
            Comparison.Summary(comparisons),
            "The spread is that of (b), which has the same recipe.");
    }
}
