using Husai.Analysis.Statistics.Distributions;

namespace Husai.Analysis.Statistics;

/// <summary>The exact binomial interval (Clopper and Pearson 1934).</summary>
internal static class ClopperPearson
{
    /// <summary>Interval of a probability.</summary>
    /// <param name="successes">In [0, trials].</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    public static (double Low, double High) Interval(int successes, int trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var tail = (1 - confidence) / 2;
        var low = successes == 0 ? 0 : IncompleteBeta.Quantile(successes, trials - successes + 1, tail);
        var high = successes == trials ? 1 : IncompleteBeta.Quantile(successes + 1, trials - successes, 1 - tail);
        return (low, high);
    }
}
