using Husai.Analysis.Similarity;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>All isotropic chance levels of two dictionaries of one size.</summary>
/// <param name="Width">Width of the activations.</param>
/// <param name="Latents">Latents of each SAE.</param>
/// <param name="AbsMax">Mean best absolute cosine, in closed form.</param>
/// <param name="SignedMax">Mean best cosine, in closed form.</param>
/// <param name="HungarianAbs">
/// Mean absolute cosine of the best one-to-one match, by Monte Carlo; above 16,384 latents extrapolated from smaller dictionaries.
/// </param>
/// <param name="HungarianSigned">
/// Mean cosine of the best one-to-one match, by Monte Carlo; above 16,384 latents extrapolated from smaller dictionaries.
/// </param>
/// <param name="Se">Standard errors of the Monte Carlo levels, with what extrapolating them may add.</param>
/// <param name="Draws">Pairs drawn.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Threshold">The usual threshold for a shared latent.</param>
/// <param name="TailAboveThreshold">Probability that the absolute cosine of two directions is above it.</param>
internal sealed record IsotropicLevels(
    int Width, int Latents, double AbsMax, double SignedMax, double HungarianAbs, double HungarianSigned, HungarianErrors Se,
    int Draws, ulong Seed, double Threshold, double TailAboveThreshold)
{
    private const double SharedThreshold = 0.7;

    private static double ErrorOf(ChanceLevel level) => double.Hypot(level.StandardError, level.ExtrapolationError ?? 0);

    /// <summary>Computes the levels.</summary>
    /// <param name="width">Width of the activations, at least 2.</param>
    /// <param name="latents">Latents of each SAE, at least 1.</param>
    /// <param name="draws">Pairs to draw, at least 2.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static IsotropicLevels Of(int width, int latents, int draws = 16, ulong seed = 0, Workers? workers = null)
    {
        var absolute = Hungarian(CosineMeasure.Absolute);
        var signedLevel = Hungarian(CosineMeasure.Signed);
        return new IsotropicLevels(
            width, latents, IsotropicMaximum.Absolute(width, latents), IsotropicMaximum.Signed(width, latents),
            absolute.Value, signedLevel.Value,
            new HungarianErrors(ErrorOf(absolute), ErrorOf(signedLevel)),
            draws, seed, SharedThreshold, CosineDistribution.AbsoluteAbove(SharedThreshold, width));

        ChanceLevel Hungarian(CosineMeasure cosine) =>
            IsotropicChance.For(
                width, latents, latents, new SimilarityOptions { Cosine = cosine, Matcher = Matcher.Hungarian }, draws, seed, workers);
    }
}
