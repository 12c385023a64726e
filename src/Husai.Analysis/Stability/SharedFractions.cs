using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Shared fractions over thresholds, from one match of each pair.</summary>
internal static class SharedFractions
{
    /// <summary>Empty when a dictionary is too large for one-to-one matching.</summary>
    public static IReadOnlyList<SharedFraction> Of(
        IReadOnlyList<LatentDictionary> dictionaries, Covariance covariance, StabilityOptions options, Workers? workers, Action<StageProgress>? progress,
        CancellationToken cancellation)
    {
        if (dictionaries.Any(dictionary => dictionary.Latents > HungarianMatcher.LargestSide))
        {
            return [];
        }

        var strict = dictionaries.All(dictionary => dictionary.Encoder is not null);
        var match = options.Similarity with
        {
            Cosine = CosineMeasure.Signed,
            Matcher = Matcher.Hungarian,
            Weights = strict ? MatchedWeights.Both : MatchedWeights.Decoder,
        };
        var pairs = new List<PairSimilarity>();
        long total = dictionaries.Count * (dictionaries.Count - 1) / 2 + 1;
        progress?.Invoke(new StageProgress("one-to-one matches", 0, total));
        for (var i = 0; i < dictionaries.Count; i++)
        {
            for (var j = i + 1; j < dictionaries.Count; j++)
            {
                pairs.Add(DictionarySimilarity.Between(dictionaries[i], dictionaries[j], match, workers, cancellation));
                progress?.Invoke(new StageProgress("one-to-one matches", pairs.Count, total));
            }
        }

        var random = RandomMatch(pairs[0], covariance, options, match, workers, cancellation);
        return
        [
            .. options.SharedThresholds.Select(threshold => new SharedFraction(
                threshold,
                pairs.Average(pair => pair.Match.FractionAbove(threshold)),
                strict ? pairs.Average(pair => pair.StrictAbove(threshold)) : null,
                random.FractionAbove(threshold))),
        ];
    }

    private static Match RandomMatch(PairSimilarity pair, Covariance covariance, StabilityOptions options, SimilarityOptions match, Workers? workers,
        CancellationToken cancellation)
    {
        var root = covariance.SquareRoot();
        var stream = new RandomStream(options.ChanceSeed, "chance.shared");
        return DictionarySimilarity.FindMatch(
            RandomDirections.WithCovariance(pair.First.Latents.Length, root, stream, workers),
            RandomDirections.WithCovariance(pair.Second.Latents.Length, root, stream, workers), match, workers, cancellation);
    }
}
