using Husai.Analysis.Similarity;

namespace Husai.Analysis.Chance;

/// <summary>Best-match cosines of the latents of both sides of a pair.</summary>
internal static class BestMatches
{
    public static IReadOnlyList<float> Of(PairMatches matches, CosineMeasure cosine)
    {
        var match = matches.Find(cosine, Matcher.Maximum);
        return [.. match.RowSimilarity, .. match.ColumnSimilarity];
    }
}
