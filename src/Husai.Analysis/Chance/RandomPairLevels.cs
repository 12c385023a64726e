namespace Husai.Analysis;

/// <summary>Levels of pairs that depend on the numbers of latents alone, as the mean over the pairs of a set.</summary>
internal static class RandomPairLevels
{
    /// <summary>The draws are shared out over the pairs, so that a set of many sizes costs no more than one of a single size.</summary>
    public static ChanceLevel Mean(IReadOnlyList<int> sizes, int draws, Func<int, int, int, ChanceLevel> levelOf)
    {
        var pairs = new Dictionary<(int First, int Second), int>();
        for (var i = 0; i < sizes.Count; i++)
        {
            for (var j = i + 1; j < sizes.Count; j++)
            {
                var key = (Math.Min(sizes[i], sizes[j]), Math.Max(sizes[i], sizes[j]));
                pairs[key] = pairs.GetValueOrDefault(key) + 1;
            }
        }

        var perPair = Math.Max(2, (draws + pairs.Count - 1) / pairs.Count);
        double value = 0, variance = 0, total = pairs.Values.Sum();
        var counted = 0;
        foreach (var ((first, second), count) in pairs.OrderBy(pair => pair.Key))
        {
            var level = levelOf(first, second, perPair);
            var weight = count / total;
            value += weight * level.Value;
            variance += weight * weight * level.StandardError * level.StandardError;
            counted += level.Draws;
        }

        return new ChanceLevel(value, Math.Sqrt(variance), counted);
    }
}
