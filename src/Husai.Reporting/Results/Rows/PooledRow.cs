using Husai.Analysis.Stability;
using Husai.Analysis.Verdicts;

namespace Husai.Reporting.Results.Rows;

/// <summary>A configuration at a site over all transformers of its study, so that no answer hangs on one model.</summary>
/// <param name="Rows">Its row on each transformer.</param>
internal sealed record PooledRow(IReadOnlyList<ResultRow> Rows)
{
    /// <summary>Any of the rows, for what is the same in all.</summary>
    public ResultRow First => Rows[0];

    /// <summary>Study, configuration and site in words.</summary>
    public string Name => $"{First.Name} @ {First.Site} ({First.Study})";

    /// <summary>Agreement between seeds; null where it is missing on one transformer.</summary>
    public StabilityScore? Stability { get; } = Agreement(Rows, row => row.Stability);

    /// <summary>Share of latents found again in another seed; null where it is missing on one transformer.</summary>
    public StabilityScore? Shared { get; } = Agreement(Rows, row => row.Shared);

    /// <summary>Recovery of the circuit; null where it is missing on one transformer.</summary>
    public CircuitScore? Circuit { get; } = Pooling.Whole(Rows, row => row.Circuit) is { } scores ? CircuitScore.OverModels(scores) : null;

    /// <summary>Chance-corrected stability; null where it is refused.</summary>
    public Kappa? Kappa => Stability?.Kappa;

    /// <summary>Whether the seeds share latents beyond chance.</summary>
    public bool IsReproducible => Stability?.Verdict is { IsReproducible: true };

    /// <summary>Mean of a value over the transformers; NaN if it is missing on one.</summary>
    public double Mean(Func<ResultRow, double?> value) => Rows.Average(row => value(row) ?? double.NaN);

    /// <summary>Groups rows of the same study, site and configuration.</summary>
    public static IReadOnlyList<PooledRow> Of(IEnumerable<ResultRow> rows) =>
        [.. rows.GroupBy(row => (row.Study, row.Family, row.Site, row.Name)).Select(group => new PooledRow([.. group]))];

    private static StabilityScore? Agreement(IReadOnlyList<ResultRow> rows, Func<ResultRow, StabilityScore?> choose) =>
        Pooling.Whole(rows, choose) is { } scores ? StabilityScore.OverModels(scores) : null;
}
