using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Chance levels of a whole set: the mean over its pairs, each at its own numbers of latents.</summary>
internal static class SetChance
{
    public static ChanceLevels For(
        IReadOnlyList<int> sizes, Covariance covariance, string source, StabilityOptions options, Workers? workers, CancellationToken cancellation = default)
    {
        var pairs = new Dictionary<(int, int), int>();
        for (var i = 0; i < sizes.Count; i++)
        {
            for (var j = i + 1; j < sizes.Count; j++)
            {
                var key = (Math.Min(sizes[i], sizes[j]), Math.Max(sizes[i], sizes[j]));
                pairs[key] = pairs.GetValueOrDefault(key) + 1;
            }
        }

        // The draws are shared out, so that a set of many sizes costs no more than one of a single size.
        var draws = Math.Max(2, (options.ChanceDraws + pairs.Count - 1) / pairs.Count);
        var isotropic = Mean(pairs, (first, second) => IsotropicChance.For(covariance.Width, first, second, options.Similarity, draws, options.ChanceSeed, workers, cancellation));
        var matched = Mean(pairs, (first, second) => CovarianceMatchedChance.For(covariance, first, second, options.Similarity, draws, options.ChanceSeed, workers, cancellation));
        return new ChanceLevels(isotropic.Value, isotropic.StandardError, matched.Value, matched.StandardError, source)
        {
            IsotropicDraws = isotropic.Draws,
            CovarianceMatchedDraws = matched.Draws,
        };
    }

    private static ChanceLevel Mean(Dictionary<(int First, int Second), int> pairs, Func<int, int, ChanceLevel> levelOf)
    {
        double value = 0, variance = 0;
        var total = pairs.Values.Sum();
        var draws = 0;
        foreach (var ((first, second), count) in pairs.OrderBy(pair => pair.Key))
        {
            var level = levelOf(first, second);
            var weight = count / (double)total;
            value += weight * level.Value;
            variance += weight * weight * level.StandardError * level.StandardError;
            draws += level.Draws;
        }

        return new ChanceLevel(value, Math.Sqrt(variance), draws);
    }
}
