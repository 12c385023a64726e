namespace Husai.Reporting;

/// <summary>Which configuration is best: of those that reconstruct well, the one whose stability is farthest above chance.</summary>
internal static class BestChoice
{
    private static readonly HashSet<string> Disqualifying = ["low_explained_variance", "dead_latents", "too_sparse", "low_overlap"];

    public static (string? Name, string Words) Of(IReadOnlyList<ConfigurationSummary> configurations, IReadOnlyList<ConfigurationVerdict> verdicts)
    {
        var ranked = configurations.Zip(verdicts)
            .Where(pair => pair.Second is { Kappa: { } kappa } && double.IsFinite(kappa))
            .OrderByDescending(pair => IsSound(pair.First))
            .ThenByDescending(pair => pair.Second.Kappa)
            .ThenByDescending(pair => pair.First.GroundTruth?.Kappa() ?? double.NegativeInfinity).ToArray();
        if (ranked.Length == 0)
        {
            return (null, "No configuration can be called best: stability against chance was not measured.");
        }

        var (best, verdict) = ranked[0];
        var kappa = FigureNumbers.Fixed(verdict.Kappa!.Value, 2);
        var words = (verdict.Reproducibility, IsSound(best)) switch
        {
            (Reproducibility.BeyondChance, true) => $"{best.Name}: the most stable configuration without a red flag on quality (kappa {kappa}).",
            (Reproducibility.BeyondChance, false) => $"{best.Name}, with reservations: it is the most stable (kappa {kappa}), but every configuration has a red flag on quality.",
            _ => $"None is beyond chance with sound quality; {best.Name} comes closest (kappa {kappa}).",
        };
        var named = verdict.Reproducibility == Reproducibility.BeyondChance ? best.Name : null;
        return (named, named is null ? words : words + Rivals(best, ranked.Skip(1).Select(pair => pair.First)));
    }

    private static bool IsSound(ConfigurationSummary configuration) => !RedFlags.Of(configuration).Any(flag => Disqualifying.Contains(flag.Code));

    // Configurations whose intervals, corrected for chance, overlap the best one's.
    private static string Rivals(ConfigurationSummary best, IEnumerable<ConfigurationSummary> others)
    {
        var low = Corrected(best, interval => interval.Low);
        var rivals = others.Where(IsSound).Where(other => Corrected(other, interval => interval.High) >= low).Select(other => other.Name).ToArray();
        return rivals.Length == 0 ? "" : $" Its interval overlaps that of {StudyWords.List(rivals)}.";
    }

    private static double? Corrected(ConfigurationSummary configuration, Func<Analysis.Interval, double?> end) =>
        end(configuration.Stability!.Value) is { } value ? configuration.Stability.StrongestChance()!.Kappa(value) : null;
}
