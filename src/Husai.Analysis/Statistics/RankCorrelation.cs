namespace Husai.Analysis.Statistics;

/// <summary>Spearman's rank correlation.</summary>
internal static class RankCorrelation
{
    /// <summary>Correlation of the ranks; equal values share their mean rank. NaN when a side is constant.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} values against {second.Length}", nameof(second));
        }

        return Pearson(Ranks(first), Ranks(second));
    }

    /// <summary>
    /// What a rank correlation says: below the two-sided 5% point of independent values, 1.96 / root(n - 1), there is no relation. Where
    /// the values share data this is a rough guide and no test.
    /// </summary>
    /// <param name="rho">The correlation.</param>
    /// <param name="count">Number n of pairs of values.</param>
    public static RankRelation RelationOf(double rho, int count) => count < 4 || !double.IsFinite(rho)
        ? RankRelation.CannotBeTold
        : Math.Abs(rho) < 1.96 / Math.Sqrt(count - 1) ? RankRelation.Unrelated : rho > 0 ? RankRelation.Rises : RankRelation.Falls;

    /// <summary>Pearson's correlation; NaN when a side is constant.</summary>
    internal static double Pearson(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        // Rounding of the means would make a constant side's deviations noise in place of zeros.
        if (IsConstant(first) || IsConstant(second))
        {
            return double.NaN;
        }

        double meanFirst = 0, meanSecond = 0;
        for (var i = 0; i < first.Length; i++)
        {
            meanFirst += first[i] / first.Length;
            meanSecond += second[i] / first.Length;
        }

        double product = 0, squaresFirst = 0, squaresSecond = 0;
        for (var i = 0; i < first.Length; i++)
        {
            product += (first[i] - meanFirst) * (second[i] - meanSecond);
            squaresFirst += (first[i] - meanFirst) * (first[i] - meanFirst);
            squaresSecond += (second[i] - meanSecond) * (second[i] - meanSecond);
        }

        return product / Math.Sqrt(squaresFirst * squaresSecond);
    }

    private static bool IsConstant(ReadOnlySpan<double> values) => values.Length == 0 || values.IndexOfAnyExcept(values[0]) < 0;

    /// <summary>Ranks from 1 on; equal values share their mean rank.</summary>
    internal static double[] Ranks(ReadOnlySpan<double> values)
    {
        var copy = values.ToArray();
        var order = Enumerable.Range(0, copy.Length).OrderBy(i => copy[i]).ToArray();
        var ranks = new double[copy.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && copy[order[end]] == copy[order[start]])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end + 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
