namespace Husai.Analysis.Statistics;

/// <summary>p values adjusted for their number.</summary>
internal static class MultipleComparisons
{
    /// <summary>Holm's step-down adjustment, for planned contrasts: controls the chance of any false finding (Holm 1979).</summary>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        var order = Ascending(p);
        var adjusted = new double[p.Length];
        var running = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            running = Math.Max(running, Math.Min(1, (p.Length - rank) * p[order[rank]]));
            adjusted[order[rank]] = running;
        }

        return adjusted;
    }

    /// <summary>
    /// Benjamini and Hochberg's step-up adjustment, for grids: controls the share of false findings (Benjamini and Hochberg 1995).
    /// </summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p)
    {
        var order = Ascending(p);
        var adjusted = new double[p.Length];
        var running = 1.0;
        for (var rank = order.Length - 1; rank >= 0; rank--)
        {
            running = Math.Min(running, p[order[rank]] * p.Length / (rank + 1));
            adjusted[order[rank]] = running;
        }

        return adjusted;
    }

    private static int[] Ascending(ReadOnlySpan<double> p)
    {
        var values = p.ToArray();
        return [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
    }
}
