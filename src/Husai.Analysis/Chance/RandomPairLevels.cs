namespace Husai.Analysis.Chance;

/// <summary>Levels of pairs that depend on the numbers of latents alone, as the mean over the pairs of a set.</summary>
internal static class RandomPairLevels
{
    /// <summary>The draws are shared out over the pairs, so that a set of many sizes costs no more than one of a single size.</summary>
    public static ChanceLevel Mean(IReadOnlyList<int> sizes, int draws, Func<int, int, int, ChanceLevel> levelOf) =>
        Means(sizes, draws, (first, second, pairDraws) => [levelOf(first, second, pairDraws)])[0];

    /// <summary>The same for several levels that come from the same draws.</summary>
    public static ChanceLevel[] Means(IReadOnlyList<int> sizes, int draws, Func<int, int, int, ChanceLevel[]> levelsOf)
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
        double total = pairs.Values.Sum();
        var levels = pairs.OrderBy(pair => pair.Key)
            .Select(pair => (Weight: pair.Value / total, Levels: levelsOf(pair.Key.First, pair.Key.Second, perPair))).ToArray();
        return [.. levels[0].Levels.Select((_, number) =>
        {
            double value = 0, variance = 0, extrapolation = 0;
            var counted = 0;
            foreach (var (weight, ofPair) in levels)
            {
                var level = ofPair[number];
                value += weight * level.Value;
                variance += weight * weight * level.StandardError * level.StandardError;
                counted += level.Draws;
                extrapolation += weight * (level.ExtrapolationError ?? 0);
            }

            return new ChanceLevel(value, Math.Sqrt(variance), counted) { ExtrapolationError = extrapolation == 0 ? null : extrapolation };
        })];
    }
}
