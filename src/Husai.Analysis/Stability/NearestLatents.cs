using Husai.Analysis.Chance;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>For each live latent of each dictionary of a set its nearest by signed decoder cosine in each other one.</summary>
internal sealed class NearestLatents
{
    private readonly IReadOnlyList<LatentDictionary> _dictionaries;
    private readonly IReadOnlyList<LatentSelection> _selections;
    private readonly float[][][] _cosines;
    private readonly int[][][] _partners;

    public NearestLatents(IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<LatentSelection> selections)
    {
        _dictionaries = dictionaries;
        _selections = selections;
        _cosines = [.. dictionaries.Select(_ => new float[dictionaries.Count][])];
        _partners = [.. dictionaries.Select(_ => new int[dictionaries.Count][])];
    }

    /// <summary>Number of dictionaries.</summary>
    public int Count => _dictionaries.Count;

    /// <summary>Nearest latents of every two dictionaries.</summary>
    public static NearestLatents Of(IReadOnlyList<LatentDictionary> dictionaries, SimilarityOptions? options = null)
    {
        var group = SimilarityGroup.Of(dictionaries, [(options ?? new SimilarityOptions()) with { Weights = MatchedWeights.Decoder }])[0];
        var result = new NearestLatents(dictionaries, group.Selections);
        WholeStudies.Score(
            group.Rows, [], bothCosines: false, (_, _, _, _) => { },
            (i, j, matches) => result.Add(i, j, matches.Find(CosineMeasure.Signed, Matcher.Maximum)), null, default);
        return result;
    }

    /// <summary>Takes the nearest of a pair of dictionaries.</summary>
    public void Add(int i, int j, Match match)
    {
        _cosines[i][j] = match.RowSimilarity;
        _cosines[j][i] = match.ColumnSimilarity;
        _partners[i][j] = Array.ConvertAll(match.PartnerOfRow, index => _selections[j].Latents[index]);
        _partners[j][i] = Array.ConvertAll(match.PartnerOfColumn, index => _selections[i].Latents[index]);
    }

    /// <summary>Stability of each latent of one dictionary.</summary>
    /// <param name="sae">Number of the dictionary.</param>
    /// <param name="threshold">Cosine from which a latent counts as found.</param>
    /// <param name="confidence">Confidence of the intervals.</param>
    /// <param name="leftOut">A dictionary that does not count, or -1.</param>
    public LatentStability[] Stability(int sae, double threshold, double confidence = 0.95, int leftOut = -1)
    {
        int[] others = [.. Enumerable.Range(0, Count).Where(other => other != sae && other != leftOut)];
        // There are only as many different intervals as dictionaries.
        var intervals = Enumerable.Range(0, others.Length + 1)
            .Select(found => ClopperPearson.Interval(found, others.Length, confidence)).ToArray();
        return
        [
            .. _selections[sae].Latents.Select((latent, index) =>
            {
                var found = others.Count(other => _cosines[sae][other][index] >= threshold);
                return new LatentStability(
                    sae, latent, found / (double)others.Length, intervals[found].Low, intervals[found].High,
                    others.Average(other => (double)_cosines[sae][other][index]))
                {
                    Partners = [.. Enumerable.Range(0, Count).Select(other => other == sae ? -1 : _partners[sae][other][index])],
                    Cosines = [.. Enumerable.Range(0, Count).Select(other => other == sae ? 1.0 : _cosines[sae][other][index])],
                    FiringFrequency = _dictionaries[sae].FiringFrequencies?[latent],
                };
            }),
        ];
    }
}
