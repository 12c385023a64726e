using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Stability;

/// <summary>Similarity of every two dictionaries of a set.</summary>
internal static class SimilarityMatrix
{
    /// <summary>Symmetric <c>[count, count]</c>, 1 on the diagonal.</summary>
    public static double[][] Of(
        IReadOnlyList<LatentDictionary> dictionaries, SimilarityOptions options, Workers? workers, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var scores = new StudyScores(1, dictionaries.Count);
        var pairs = 0;
        for (var i = 0; i < dictionaries.Count; i++)
        {
            for (var j = i + 1; j < dictionaries.Count; j++)
            {
                scores.Set(0, i, j, DictionarySimilarity.Between(dictionaries[i], dictionaries[j], options, workers, cancellation).Value);
                progress?.Invoke(++pairs);
            }
        }

        return scores.Of(0);
    }
}
