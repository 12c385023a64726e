using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>For each live latent of each dictionary its best signed decoder cosine in each other one.</summary>
public sealed class BestCosines
{
    private readonly float[][][] _best;

    private BestCosines(float[][][] best, int[][] latents)
    {
        _best = best;
        Latents = latents;
    }

    /// <summary>For each dictionary the latents that take part.</summary>
    public IReadOnlyList<int[]> Latents { get; }

    /// <summary>Number of dictionaries.</summary>
    public int Count => Latents.Count;

    /// <summary>Compares every two dictionaries.</summary>
    /// <param name="dictionaries">At least two, of one width.</param>
    /// <param name="options">Says which latents are dead; cosine and matcher play no part.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static BestCosines Of(IReadOnlyList<LatentDictionary> dictionaries, SimilarityOptions options, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        ArgumentNullException.ThrowIfNull(options);
        var signed = SignedNearest(options);
        return From(dictionaries, options, (i, j) => DictionarySimilarity.Between(dictionaries[i], dictionaries[j], signed, workers).Match);
    }

    /// <summary>Collects the nearest of every two dictionaries, which <paramref name="nearestOf"/> finds by signed decoder cosine.</summary>
    internal static BestCosines From(IReadOnlyList<LatentDictionary> dictionaries, SimilarityOptions options, Func<int, int, Match> nearestOf)
    {
        var signed = SignedNearest(options);
        var latents = dictionaries.Select(dictionary => LatentSelection.Of(dictionary, signed).Latents).ToArray();
        var best = dictionaries.Select(_ => new float[dictionaries.Count][]).ToArray();
        for (var i = 0; i < dictionaries.Count; i++)
        {
            for (var j = i + 1; j < dictionaries.Count; j++)
            {
                var match = nearestOf(i, j);
                best[i][j] = match.RowSimilarity;
                best[j][i] = match.ColumnSimilarity;
            }
        }

        return new BestCosines(best, latents);
    }

    /// <summary>The same latents, each by its nearest signed decoder cosine.</summary>
    internal static SimilarityOptions SignedNearest(SimilarityOptions options) =>
        options with { Cosine = CosineMeasure.Signed, Matcher = Matcher.Maximum, Weights = MatchedWeights.Decoder };

    /// <summary>Stability of each latent of one dictionary.</summary>
    /// <param name="sae">Number of the dictionary.</param>
    /// <param name="threshold">Cosine from which a latent counts as found.</param>
    /// <param name="confidence">Confidence of the intervals.</param>
    /// <param name="leftOut">A dictionary that does not count, or -1.</param>
    public LatentStability[] Stability(int sae, double threshold, double confidence = 0.95, int leftOut = -1)
    {
        var others = Enumerable.Range(0, Count).Where(other => other != sae && other != leftOut).ToArray();
        // There are only as many different intervals as dictionaries.
        var intervals = Enumerable.Range(0, others.Length + 1)
            .Select(found => ClopperPearson.Interval(found, others.Length, confidence)).ToArray();
        return
        [
            .. Latents[sae].Select((latent, index) =>
            {
                var found = others.Count(other => _best[sae][other][index] >= threshold);
                return new LatentStability(
                    sae, latent, found / (double)others.Length, intervals[found].Low, intervals[found].High,
                    others.Average(other => (double)_best[sae][other][index]));
            }),
        ];
    }
}
