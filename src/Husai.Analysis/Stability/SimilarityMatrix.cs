using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Similarity of every two dictionaries of a set.</summary>
internal static class SimilarityMatrix
{
    /// <summary>Symmetric <c>[count, count]</c>, 1 on the diagonal.</summary>
    public static double[,] Of(IReadOnlyList<LatentDictionary> dictionaries, SimilarityOptions options, Workers? workers, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var matrix = new double[dictionaries.Count, dictionaries.Count];
        var pairs = 0;
        for (var i = 0; i < dictionaries.Count; i++)
        {
            matrix[i, i] = 1;
            for (var j = i + 1; j < dictionaries.Count; j++)
            {
                matrix[i, j] = matrix[j, i] = DictionarySimilarity.Between(dictionaries[i], dictionaries[j], options, workers, cancellation).Value;
                progress?.Invoke(++pairs);
            }
        }

        return matrix;
    }

    public static double[][] ToRows(double[,] matrix) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]).ToArray())];
}
