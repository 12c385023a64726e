using Husai.Analysis.Stability;

namespace Husai.Experiments.Studies.Plan;

/// <summary>The latents that a report shows beside their best matches in the other seeds.</summary>
internal static class ShownLatents
{
    /// <summary>Latents of the first SAE, the most stable and the least stable by turns.</summary>
    /// <param name="agreement">The stability of each latent.</param>
    /// <param name="isFiring">Whether a latent fires often enough to show anything.</param>
    /// <param name="count">How many of them there are at most.</param>
    /// <returns>Why a latent is shown, and the latent.</returns>
    public static IEnumerable<(string Title, LatentStability Latent)> Of(
        SeedStability agreement, Func<LatentStability, bool> isFiring, int count)
    {
        var latents = agreement.PerLatent.Where(latent => latent.Sae == 0 && isFiring(latent))
            .OrderByDescending(latent => latent.MeanCosine).ThenBy(latent => latent.Latent).ToList();
        for (var n = 0; n < Math.Min(count, latents.Count); n++)
        {
            yield return n % 2 == 0 ? ("most stable", latents[n / 2]) : ("least stable", latents[^(n / 2 + 1)]);
        }
    }
}
