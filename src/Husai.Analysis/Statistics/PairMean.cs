namespace Husai.Analysis.Statistics;

/// <summary>Means over the pairs of a set.</summary>
internal static class PairMean
{
    /// <summary>Mean over i &lt; j.</summary>
    /// <param name="pairs">Symmetric <c>[seeds, seeds]</c>; the diagonal is not read.</param>
    /// <param name="leftOut">A seed whose pairs do not count, or -1.</param>
    public static double Of(double[][] pairs, int leftOut = -1)
    {
        double sum = 0;
        var count = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            for (var j = i + 1; j < pairs.Length; j++)
            {
                if (i != leftOut && j != leftOut)
                {
                    sum += pairs[i][j];
                    count++;
                }
            }
        }

        return sum / count;
    }
}
