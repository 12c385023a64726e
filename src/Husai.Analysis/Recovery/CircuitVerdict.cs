namespace Husai.Analysis;

/// <summary>Whether a dictionary shows the circuit: its directions against the strongest null, its probes against the best basis that needs no SAE.</summary>
/// <param name="Name">The dictionary.</param>
/// <param name="FourierOverlap">Mean best-plane energy; null when the site has no planes.</param>
/// <param name="StrongestChance">Highest mean of the isotropic, the covariance-matched and the data-point null.</param>
/// <param name="AboveChance">Whether the overlap is above it.</param>
/// <param name="ProbeR2">R² of probes with four latents, mean over planes.</param>
/// <param name="BestBaseline">The baseline whose probes are best; null without one.</param>
/// <param name="BaselineProbeR2">Its R².</param>
public sealed record CircuitVerdict(
    string Name, double? FourierOverlap, double? StrongestChance, bool? AboveChance, double? ProbeR2, string? BestBaseline, double? BaselineProbeR2)
{
    private const int Latents = 4;

    /// <summary>Judges one dictionary.</summary>
    /// <param name="report">Its report.</param>
    /// <param name="baselines">Reports of the bases to beat.</param>
    public static CircuitVerdict Of(RecoveryReport report, IReadOnlyList<RecoveryReport> baselines)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(baselines);
        double? chance = report.Nulls is { } nulls ? Math.Max(nulls.Isotropic.Mean, Math.Max(nulls.CovarianceMatched.Mean, nulls.DataPoints.Mean)) : null;
        var best = baselines.Where(baseline => ProbeOf(baseline) is not null).MaxBy(ProbeOf);
        return new CircuitVerdict(
            report.Name, report.FourierOverlap, chance, chance is null ? null : report.FourierOverlap > chance, ProbeOf(report), best?.Name, best is null ? null : ProbeOf(best));
    }

    private static double? ProbeOf(RecoveryReport report)
    {
        var index = report.ProbeR2.Latents.ToList().IndexOf(Latents);
        return index >= 0 && index < report.ProbeR2.Mean.Count ? report.ProbeR2.Mean[index] : null;
    }
}
