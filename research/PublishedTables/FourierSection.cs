using Husai.Reporting.Results;
using PublishedTables.Measures;

namespace PublishedTables;

/// <summary>Experiment (f): Fourier overlap of decoders and R² of the embedding.</summary>
internal static class FourierSection
{
    private const int Leading = 5;
    private const int LeastSaesOfWidth = 5;

    public static IReadOnlyList<Comparison> Comparisons(PublishedStudies studies)
    {
        var scores = studies.Measured(studies.Made(PublishedStudies.HeadlineTopK))?.Scores;
        var made = OverTransformers(studies);
        return
        [
            new(
                "Fourier overlap, trained", PublishedNumbers.FourierOverlap, scores?.FourierOverlapsAsPublished.Average(),
                Spread: SpreadOf([.. made.SelectMany(transformer => transformer.Scores.FourierOverlapsAsPublished)])),
            new(
                "Fourier overlap, random", PublishedNumbers.RandomFourierOverlap, scores?.RandomFourierOverlapsAsPublished.Average(),
                Spread: SpreadOf([.. made.SelectMany(transformer => transformer.Scores.RandomFourierOverlapsAsPublished)]), Decimals: 4),
            new(
                $"R² of the embedding, {Leading} frequencies", PublishedNumbers.FourierR2, Embedding(studies)?.AsPublished,
                Spread: SpreadOf([.. made.Select(transformer => transformer.Embedding.AsPublished)])),
        ];
    }

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var comparisons = Comparisons(studies);
        text.Heading(2, "(f) Fourier structure");
        Comparison.Write(text, "", comparisons);
        text.Paragraph(
            Comparison.Summary(comparisons),
            "The published overlap compares activation directions, cut to p coordinates, with waves over tokens: trained and random "
                + "decoders get the same value, and can get nothing else. The published R² puts a frequency and its mirror image into one "
                + "basis, and a plane that stands there twice counts for nothing; so the low value says nothing about the algorithm.",
            Embedding(studies) is { } embedding
                ? $"This transformer's {Leading} leading frequencies hold {ResultText.Percent(embedding.Right)} of its embedding."
                : "",
            Ranges(OverTransformers(studies)),
            SingleSaes(studies));
    }

    // The published experiment names neither the SAE's width nor its seed.
    private static string SingleSaes(PublishedStudies studies)
    {
        var groups = studies.SingleFourierOverlaps().GroupBy(sae => sae.Latents).Where(group => group.Count() >= LeastSaesOfWidth)
            .OrderBy(group => group.Key).ToList();
        if (groups.Count == 0)
        {
            return "";
        }

        var ranges = groups.ConvertAll(
            group => $"{Range(group.Select(sae => sae.Overlap), 4)} at {group.Key} latents ({group.Count()} SAEs)");
        var reached = groups.Where(group => group.Max(sae => sae.Overlap) >= PublishedNumbers.FourierOverlap)
            .Select(group => $"{group.Key}").ToList();
        return "It is not published of which SAE the trained overlap is. Over all SAEs of this page that were made as published, one by "
            + $"one, it is {ResultText.Listed(ranges, ranges.Count)}. "
            + (reached.Count == 0
                ? "None reaches the published value."
                : $"Single SAEs of {ResultText.Listed(reached, reached.Count)} latents reach the published value: the fewer rows a decoder "
                    + "has, the more their mean varies.");
    }

    private static string Ranges(List<(AsPublishedScores Scores, FourierR2 Embedding)> made) => made.Count < 2
        ? ""
        : $"Over {made.Count} transformers that differ in their seed alone, with five SAEs on each, the overlap of a trained decoder is "
            + $"{Range(made.SelectMany(one => one.Scores.FourierOverlapsAsPublished), 4)}, that of a random one "
            + $"{Range(made.SelectMany(one => one.Scores.RandomFourierOverlapsAsPublished), 4)}, and the published R² "
            + $"{Range(made.Select(one => one.Embedding.AsPublished), 3)}; the spread is twice the standard deviation of these.";

    private static string Range(IEnumerable<double> values, int decimals)
    {
        double[] all = [.. values];
        return $"{ResultText.Number(all.Min(), decimals)} to {ResultText.Number(all.Max(), decimals)}";
    }

    // Twice the standard deviation of single values: published is one run.
    private static double? SpreadOf(double[] values)
    {
        if (values.Length < 2)
        {
            return null;
        }

        var mean = values.Average();
        return 2 * Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static FourierR2? Embedding(PublishedStudies studies) => Leads(studies.Embedding(PublishedStudies.Original));

    private static FourierR2? Leads(IEnumerable<FourierR2> shares) => shares.FirstOrDefault(share => share.Frequencies == Leading);

    // That of the tables, and those that differ from it in their seed alone.
    private static List<(AsPublishedScores Scores, FourierR2 Embedding)> OverTransformers(PublishedStudies studies) =>
    [
        .. from row in studies.All(PublishedStudies.HeadlineTopK)
           let measured = studies.Measured(row)
           let embedding = Leads(studies.Embedding(row.Study, row.Transformer))
           where measured is not null && embedding is not null
           select (measured.Scores, embedding),
    ];
}
