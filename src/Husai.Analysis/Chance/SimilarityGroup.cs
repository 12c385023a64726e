using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Similarities that compare the same rows of a set of dictionaries, so that products and random draws serve all of them.</summary>
internal sealed class SimilarityGroup
{
    private SimilarityGroup(IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<SimilarityOptions> similarities)
    {
        Similarities = similarities;
        Weights = similarities[0].Weights;
        Selections = [.. dictionaries.Select(dictionary => LatentSelection.Of(dictionary, similarities[0]))];
        Rows = [.. dictionaries.Zip(Selections, (dictionary, selection) => ComparedRows.Of(dictionary, selection, Weights))];
        Sizes = [.. Rows.Select(rows => rows.Count)];
    }

    public IReadOnlyList<SimilarityOptions> Similarities { get; }

    public MatchedWeights Weights { get; }

    /// <summary>Latents of each dictionary that take part.</summary>
    public IReadOnlyList<LatentSelection> Selections { get; }

    /// <summary>Their rows.</summary>
    public IReadOnlyList<ComparedRows> Rows { get; }

    /// <summary>Their numbers.</summary>
    public IReadOnlyList<int> Sizes { get; }

    public int Width => Rows[0].Rows.Columns;

    /// <summary>Whether best matches by cosine and by absolute cosine are both wanted.</summary>
    public bool BothCosines => Similarities.Where(similarity => similarity.IsNearest).Select(similarity => similarity.Cosine).Distinct().Count() > 1;

    /// <summary>Groups similarities by the rows that they compare, in order.</summary>
    public static IReadOnlyList<SimilarityGroup> Of(IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<SimilarityOptions> similarities) =>
    [
        .. similarities.Distinct().GroupBy(similarity => (similarity.Weights, similarity.IncludeDead, similarity.DeadThreshold))
            .Select(group => new SimilarityGroup(dictionaries, [.. group])),
    ];
}
