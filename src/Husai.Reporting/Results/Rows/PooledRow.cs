using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A configuration at a site over all transformers of its study, so that no answer hangs on one model.</summary>
/// <param name="Rows">Its row on each transformer.</param>
internal sealed record PooledRow(IReadOnlyList<ResultRow> Rows)
{
    /// <summary>Any of the rows, for what is the same in all.</summary>
    public ResultRow First => Rows[0];

    /// <summary>Study, configuration and site in words.</summary>
    public string Name => $"{First.Name} @ {First.Site} ({First.Study})";

    /// <summary>Chance-corrected stability with its interval: over transformers where there are at least three, else over the seeds of one.</summary>
    public Interval? Kappa => Corrected(row => row.Stability);

    /// <summary>Chance-corrected share of latents found again in another seed.</summary>
    public Interval? SharedKappa => Corrected(row => row.Shared);

    /// <summary>Overlap with the circuit, corrected for the higher of its nulls.</summary>
    public Interval? OverlapKappa => Corrected(row => row.Overlap);

    /// <summary>Mean of a value over the transformers; NaN if it is missing on one.</summary>
    public double Mean(Func<ResultRow, double?> value) => Rows.Average(row => value(row) ?? double.NaN);

    /// <summary>Groups rows of the same study, site and configuration.</summary>
    public static IReadOnlyList<PooledRow> Of(IEnumerable<ResultRow> rows) =>
        [.. rows.GroupBy(row => (row.Study, row.Family, row.Site, row.Name)).Select(group => new PooledRow([.. group]))];

    private Interval? Corrected(Func<ResultRow, ScoreSummary?> choose)
    {
        var scores = Rows.Select(choose).OfType<ScoreSummary>().Where(score => score.StrongestChance() is not null).ToList();
        if (scores.Count != Rows.Count)
        {
            return null;
        }

        return scores.Count >= 3 ? SeedIntervals.Of([.. scores.Select(score => score.Kappa()!.Value)]) : Mean([.. scores.Select(Corrected)]);
    }

    private static Interval Corrected(ScoreSummary score)
    {
        var chance = score.StrongestChance()!;
        var value = score.Value;
        return value with
        {
            Mean = chance.Kappa(value.Mean),
            StandardError = value.StandardError / (1 - chance.Value),
            Low = value.Low is { } low ? chance.Kappa(low) : null,
            High = value.High is { } high ? chance.Kappa(high) : null,
        };
    }

    // Of two transformers the wider ends count: their difference is no measure of anything.
    private static Interval Mean(IReadOnlyList<Interval> intervals) => intervals[0] with
    {
        Mean = intervals.Average(interval => interval.Mean),
        Low = intervals.Min(interval => interval.Low),
        High = intervals.Max(interval => interval.High),
    };
}
