namespace Husai.Analysis.Stability;

/// <summary>Share of latents whose matched cosine is above a threshold (signed, Hungarian, decoder; Paulo and Belrose 2025).</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Value">Mean over the pairs of dictionaries.</param>
/// <param name="Strict">The same with decoder and encoder matched separately, both above the threshold and to the same partner; null
/// without encoders.</param>
/// <param name="Chance">Share among random directions of the same shape, decoder rule.</param>
public sealed record SharedFraction(double Threshold, double Value, double? Strict, double Chance);
