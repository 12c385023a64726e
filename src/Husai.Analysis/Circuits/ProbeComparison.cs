namespace Husai.Analysis.Circuits;

/// <summary>The sparse probes of a dictionary and those of the best basis that needs no SAE.</summary>
/// <param name="Name">The dictionary.</param>
/// <param name="ProbeR2">R² of probes with four latents, mean over planes; null when they were not measured.</param>
/// <param name="BestBaseline">The baseline whose probes are best; null without one.</param>
/// <param name="BaselineProbeR2">Its R².</param>
internal sealed record ProbeComparison(string Name, double? ProbeR2, string? BestBaseline, double? BaselineProbeR2)
{
    /// <summary>Compares one dictionary.</summary>
    /// <param name="report">Its report.</param>
    /// <param name="baselines">Reports of the bases to beat.</param>
    public static ProbeComparison Of(RecoveryReport report, IReadOnlyList<RecoveryReport> baselines)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(baselines);
        var best = baselines.Where(baseline => ProbeOf(baseline) is not null).MaxBy(ProbeOf);
        return new ProbeComparison(report.Name, ProbeOf(report), best?.Name, best is null ? null : ProbeOf(best));
    }

    private static double? ProbeOf(RecoveryReport report) => report.ProbeR2.At(ProbeResult.ComparedLatents);
}
