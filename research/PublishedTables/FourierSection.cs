using Husai.Analysis.Published;
using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>Experiment (f): Fourier overlap of decoders and R² of the embedding.</summary>
internal static class FourierSection
{
    private const int Leading = 5;

    public static IReadOnlyList<Comparison> Comparisons(PublishedStudies studies)
    {
        var scores = studies.Made(PublishedStudies.HeadlineTopK)?.AsPublished?.Scores;
        var embedding = Embedding(studies);
        return
        [
            new("Fourier overlap, trained", PublishedNumbers.FourierOverlap, scores?.FourierOverlapAsPublished),
            new("Fourier overlap, random", PublishedNumbers.RandomFourierOverlap, scores?.RandomFourierOverlapAsPublished, Decimals: 4),
            new($"R² of the embedding, {Leading} frequencies", PublishedNumbers.FourierR2, embedding?.AsPublished),
        ];
    }

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        text.Heading(2, "(f) Fourier structure");
        Comparison.Write(text, "", Comparisons(studies));
        text.Paragraph(
            "The published overlap compares activation directions, cut to p coordinates, with waves over tokens: trained and random "
                + "decoders get the same value, and can get nothing else. The published R² puts a frequency and its mirror image into one "
                + "basis, and a plane that stands there twice counts for nothing; so the low value says nothing about the algorithm.",
            Embedding(studies) is { } embedding
                ? $"This transformer's {Leading} leading frequencies hold {ResultText.Percent(embedding.Right)} of its embedding."
                : "");
    }

    private static FourierR2? Embedding(PublishedStudies studies) =>
        studies.Transformers.FirstOrDefault(row => row.Study == PublishedStudies.Original)?.FourierR2
            .FirstOrDefault(r2 => r2.Frequencies == Leading);
}
