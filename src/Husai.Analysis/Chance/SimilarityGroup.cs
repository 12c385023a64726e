using Husai.Analysis.Similarity;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>
/// Similarities that compare the same rows of a set of dictionaries, so that products and random draws serve all of them.
/// </summary>
internal sealed class SimilarityGroup
{
    // For each dictionary its shape, once it was asked for.
    private readonly DirectionShape?[] _shapes;

    // What this is a part of, and where its dictionaries are there; null for a group of its own.
    private readonly (SimilarityGroup Group, int[] Members)? _whole;

    private SimilarityGroup(SimilarityGroup whole, int[] members)
    {
        _whole = (whole, members);
        _shapes = [];
        Similarities = whole.Similarities;
        Weights = whole.Weights;
        Selections = Array.ConvertAll(members, member => whole.Selections[member]);
        Rows = Array.ConvertAll(members, member => whole.Rows[member]);
        Sizes = Array.ConvertAll(members, member => whole.Sizes[member]);
    }

    private SimilarityGroup(IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<SimilarityOptions> similarities)
    {
        Similarities = similarities;
        Weights = similarities[0].Weights;
        Selections = [.. dictionaries.Select(dictionary => LatentSelection.Of(dictionary, similarities[0]))];
        Rows = [.. dictionaries.Zip(Selections, (dictionary, selection) => ComparedRows.Of(dictionary, selection, Weights))];
        Sizes = [.. Rows.Select(rows => rows.Count)];
        _shapes = new DirectionShape?[dictionaries.Count];
    }

    public IReadOnlyList<SimilarityOptions> Similarities { get; }

    public MatchedWeights Weights { get; }

    /// <summary>Latents of each SAE that take part.</summary>
    public IReadOnlyList<LatentSelection> Selections { get; }

    /// <summary>Their rows.</summary>
    public IReadOnlyList<ComparedRows> Rows { get; }

    /// <summary>Their numbers.</summary>
    public IReadOnlyList<int> Sizes { get; }

    public int Width => Rows[0].Rows.Columns;

    /// <summary>Whether best matches by cosine and by absolute cosine are both wanted.</summary>
    public bool BothCosines =>
        Similarities.Where(similarity => similarity.IsNearest).Select(similarity => similarity.Cosine).Distinct().Count() > 1;

    /// <summary>Some of the dictionaries, under the same similarities.</summary>
    /// <param name="members">Their numbers.</param>
    public SimilarityGroup Part(int[] members) => new(this, members);

    /// <summary>How the rows of a dictionary lie; found once.</summary>
    /// <param name="number">The dictionary's number.</param>
    /// <param name="workers">Threads to use.</param>
    public DirectionShape ShapeOf(int number, Workers? workers) => _whole is { } whole
        ? whole.Group.ShapeOf(whole.Members[number], workers)
        : _shapes[number] ??= DirectionShape.Of(Rows[number].Joined(), workers);

    /// <summary>How the rows of each dictionary lie.</summary>
    public DirectionShape[] Shapes(Workers? workers) => [.. Enumerable.Range(0, Rows.Count).Select(number => ShapeOf(number, workers))];

    /// <summary>Groups similarities by the rows that they compare, in order.</summary>
    public static IReadOnlyList<SimilarityGroup> Of(
        IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<SimilarityOptions> similarities) =>
    [
        .. similarities.Distinct().GroupBy(similarity => (similarity.Weights, similarity.IncludeDead, similarity.DeadThreshold))
            .Select(group => new SimilarityGroup(dictionaries, [.. group])),
    ];
}
