namespace Husai.Analysis.Statistics;

/// <summary>Counts relabellings whose statistic reaches the observed one.</summary>
internal sealed class RandomisationCount(double observed)
{
    // The observed labelling must count as reaching itself, whatever order its sums were taken in.
    private readonly double _slack = 1e-12 * (1 + Math.Abs(observed));
    private long _greater;
    private long _larger;
    private long _total;
    private long _skipped;

    /// <summary>Takes the statistic of a relabelling; one of NaN does not count.</summary>
    public void Add(double statistic)
    {
        if (double.IsNaN(statistic))
        {
            _skipped++;
            return;
        }

        _total++;
        _greater += statistic >= observed - _slack ? 1 : 0;
        _larger += Math.Abs(statistic) >= Math.Abs(observed) - _slack ? 1 : 0;
    }

    /// <summary>The result; a sampled one counts the observed labelling once more (Phipson and Smyth 2010), so that p is never 0.</summary>
    public TestResult Result(bool exact, double smallestGreater, double smallestTwoSided)
    {
        var extra = exact ? 0 : 1;
        double total = _total + extra;
        var counted = (_total + _skipped) / (double)Math.Max(1, _total);
        return new TestResult(
            observed, (_greater + extra) / total, (_larger + extra) / total,
            Math.Max(counted * smallestGreater, 1 / total), Math.Max(counted * smallestTwoSided, 1 / total), _total, exact);
    }
}
