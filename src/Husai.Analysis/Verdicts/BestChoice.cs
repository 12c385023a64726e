using Husai.Analysis.Stability;

namespace Husai.Analysis.Verdicts;

/// <summary>
/// Which configuration is best: of those whose seeds share latents beyond chance and that have no red flag on quality, the one with the
/// highest kappa.
/// </summary>
internal static class BestChoice
{
    public static (string? Name, string Words) Of(
        IReadOnlyList<ConfigurationMeasures> configurations, IReadOnlyList<ConfigurationVerdict> verdicts)
    {
        var candidates = configurations.Zip(verdicts).Where(pair => pair.Second.IsReproducible)
            .OrderByDescending(pair => RedFlags.IsSound(pair.First)).ThenByDescending(pair => pair.Second.Kappa).ToArray();
        if (candidates is [])
        {
            return verdicts.All(verdict => verdict.Agreement is null)
                ? (null, StudySentences.NoAgreement)
                : (null, "None: in no configuration do the seeds share latents beyond chance.");
        }

        var (best, verdict) = candidates[0];
        var kappa = Kappa.Text(verdict.Kappa!.Value);
        return RedFlags.IsSound(best)
            ? (
                best.Name,
                $"{best.Name}: its seeds share latents beyond chance, most so of the configurations without a red flag on quality (kappa "
                    + $"{kappa}).{Rivals(best, [.. candidates.Skip(1).Select(pair => pair.First)])}")
            : (
                best.Name,
                $"{best.Name}, with reservations: its seeds share latents beyond chance (kappa {kappa}), but it has a red flag on "
                    + $"quality, as have all whose seeds do.");
    }

    // Configurations whose intervals overlap the best one's.
    private static string Rivals(ConfigurationMeasures best, IReadOnlyList<ConfigurationMeasures> others)
    {
        var rivals = others.Where(other => RedFlags.IsSound(other) && other.Stability!.Kappa!.High >= best.Stability!.Kappa!.Low)
            .Select(other => other.Name).ToArray();
        return rivals.Length == 0 ? "" : $" Its interval overlaps that of {StudySentences.Listed(rivals)}.";
    }
}
