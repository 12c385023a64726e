namespace Husai.Analysis.Worlds;

/// <summary>Features that fire about as often, and how many of them an SAE has found.</summary>
/// <param name="Features">Number of features.</param>
/// <param name="LargestRate">Rate of the most frequent of them: its share of the samples.</param>
/// <param name="SmallestRate">Rate of the rarest of them.</param>
/// <param name="FoundShare">Share of them that some latent comes as near to as <see cref="TruthRecovery.FoundCosine"/>.</param>
/// <param name="MeanCosine">Mean absolute cosine with the best latent.</param>
internal sealed record RateStratum(int Features, double LargestRate, double SmallestRate, double FoundShare, double MeanCosine)
{
    /// <summary>Number of strata where there are enough features.</summary>
    public const int UsualCount = 8;

    /// <summary>
    /// Splits features into groups of equal size (but for one), the most frequent first; of equal rates the lower index first.
    /// </summary>
    /// <param name="rates">Of each feature.</param>
    /// <param name="cosines">Of each feature: with its best latent.</param>
    /// <param name="count">Number of groups, at least 1; as many as features where there are fewer.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<RateStratum> Split(
        IReadOnlyList<double> rates, IReadOnlyList<float> cosines, int count = UsualCount)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(cosines);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (rates.Count != cosines.Count)
        {
            throw new ArgumentException($"{cosines.Count} cosines for {rates.Count} rates", nameof(cosines));
        }

        return [.. Groups(rates, count).Select(group => new RateStratum(
            group.Length, rates[group[0]], rates[group[^1]],
            group.Count(feature => cosines[feature] >= TruthRecovery.FoundCosine) / (double)group.Length,
            group.Average(feature => (double)cosines[feature])))];
    }

    /// <summary>The features of each group, the most frequent first.</summary>
    /// <param name="rates">Of each feature.</param>
    /// <param name="count">Number of groups; as many as features where there are fewer.</param>
    internal static IEnumerable<int[]> Groups(IReadOnlyList<double> rates, int count)
    {
        int[] order = [.. Enumerable.Range(0, rates.Count).OrderByDescending(feature => rates[feature])];
        count = Math.Min(count, order.Length);
        for (var group = 0; group < count; group++)
        {
            yield return order[(int)((long)group * order.Length / count)..(int)((group + 1L) * order.Length / count)];
        }
    }
}
