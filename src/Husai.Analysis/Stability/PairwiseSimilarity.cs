using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Every two dictionaries of a set, compared once.</summary>
/// <param name="Matrix">Symmetric <c>[count, count]</c>, 1 on the diagonal.</param>
/// <param name="Best">Best signed decoder cosines of each latent.</param>
internal sealed record PairwiseSimilarity(double[,] Matrix, BestCosines Best)
{
    public static PairwiseSimilarity Of(IReadOnlyList<LatentDictionary> dictionaries, SimilarityOptions options, Workers? workers, Action<int>? progress, CancellationToken cancellation)
    {
        var matrix = new double[dictionaries.Count, dictionaries.Count];
        var pairs = 0;
        var best = BestCosines.From(dictionaries, options, (i, j) =>
        {
            var (similarity, nearest) = DictionarySimilarity.WithSignedNearest(dictionaries[i], dictionaries[j], options, workers, cancellation);
            matrix[i, j] = matrix[j, i] = similarity.Value;
            progress?.Invoke(++pairs);
            return nearest;
        });
        for (var i = 0; i < dictionaries.Count; i++)
        {
            matrix[i, i] = 1;
        }

        return new PairwiseSimilarity(matrix, best);
    }
}
