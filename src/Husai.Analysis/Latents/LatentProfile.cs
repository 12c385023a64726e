namespace Husai.Analysis.Latents;

/// <summary>What a latent fires on.</summary>
/// <param name="Latent">The latent.</param>
/// <param name="Firings">Number of rows on which it fires.</param>
/// <param name="FiringFrequency">Share of the rows on which it fires.</param>
/// <param name="MeanActivation">Mean activation where it fires; 0 if it never does.</param>
/// <param name="LargestActivation">Its largest activation; 0 if it never fires.</param>
/// <param name="Histogram">Its activations where it fires.</param>
/// <param name="Top">The largest activations, each of another document, the largest first.</param>
/// <param name="Samples">Activations from as many quantiles of a random sample of those where it fires, the smallest first.</param>
internal sealed record LatentProfile(
    int Latent, long Firings, double FiringFrequency, double MeanActivation, float LargestActivation, ActivationHistogram Histogram,
    IReadOnlyList<Excerpt> Top, IReadOnlyList<Excerpt> Samples);
