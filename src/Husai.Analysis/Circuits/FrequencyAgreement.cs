using Husai.Analysis.Causal;

namespace Husai.Analysis.Circuits;

/// <summary>
/// Whether three independent ways to give a latent a frequency agree: its decoder's plane, its activations, and its direct effect on the
/// logits.
/// </summary>
/// <param name="Share">Share of latents on which all three agree.</param>
/// <param name="Weighted">The same weighted by variance.</param>
internal sealed record FrequencyAgreement(double Share, double Weighted)
{
    /// <summary>Compares the three for each latent of a report.</summary>
    /// <param name="report">Planes and functions.</param>
    /// <param name="circuit">The planes.</param>
    /// <param name="attributions">Attribution of every latent of the dictionary, by index.</param>
    public static FrequencyAgreement Of(RecoveryReport report, Circuit circuit, IReadOnlyList<LogitAttribution> attributions)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(attributions);
        var agreeing = report.PerLatent.Where(latent => latent.Plane is { } plane
            && circuit.Planes[plane].Frequency == latent.Function.Frequency
                && attributions[latent.Latent].Frequency == latent.Function.Frequency).ToArray();
        return new FrequencyAgreement(agreeing.Length / (double)report.PerLatent.Count, agreeing.Sum(latent => latent.VarianceShare));
    }
}
