using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Worlds;

/// <summary>
/// Whether "other seeds find the latent again" says "the latent is a feature of the world". A latent is stable if each other seed has one
/// of signed cosine at least <see cref="TruthRecovery.FoundCosine"/>, and true if some feature has that absolute cosine with it.
/// </summary>
/// <param name="All">Over all live latents.</param>
/// <param name="ByRate">Over the latents whose best match lies in each group of features, the most frequent first.</param>
internal sealed record StableLatents(StableStratum All, IReadOnlyList<StableStratum> ByRate)
{
    private const int Groups = 4;

    /// <summary>Compares stability with truth.</summary>
    /// <param name="latents">Live latents of all SAEs, with their cosines to the nearest in each other one.</param>
    /// <param name="recoveries">Of each SAE.</param>
    /// <param name="rates">Of each feature: share of the samples on which it fires.</param>
    /// <exception cref="ArgumentException">There are fewer than two SAEs.</exception>
    public static StableLatents Measure(
        IReadOnlyList<LatentStability> latents, IReadOnlyList<TruthRecovery> recoveries, IReadOnlyList<double> rates)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(recoveries);
        ArgumentNullException.ThrowIfNull(rates);
        if (recoveries.Count < 2)
        {
            throw new ArgumentException($"{recoveries.Count} SAE has no other seed", nameof(recoveries));
        }

        var groups = RateStratum.Groups(rates, Groups).ToArray();
        var groupOf = new int[rates.Count];
        for (var group = 0; group < groups.Length; group++)
        {
            foreach (var feature in groups[group])
            {
                groupOf[feature] = group;
            }
        }

        int GroupOf(LatentStability latent) => groupOf[recoveries[latent.Sae].BestMatches[latent.Latent]];
        return new StableLatents(
            Stratum(latents, recoveries, rates.Max(), rates.Min()),
            [.. groups.Select((group, index) => Stratum(
                [.. latents.Where(latent => GroupOf(latent) == index)], recoveries, rates[group[0]], rates[group[^1]]))]);
    }

    private static StableStratum Stratum(
        IReadOnlyList<LatentStability> latents, IReadOnlyList<TruthRecovery> recoveries, double largestRate, double smallestRate)
    {
        var counts = Enumerable.Range(-1, recoveries.Count + 1)
            .ToDictionary(leftOut => leftOut, leftOut => Counts.Of(latents, recoveries, leftOut));

        // A share of nothing is no number: there is one where every choice of seeds leaves something.
        Interval? Over(Func<Counts, double?> share) => counts.Values.All(count => share(count) is not null)
            ? Jackknife.Of(recoveries.Count, leftOut => share(counts[leftOut])!.Value, fewestSeeds: 3)
            : null;
        var all = counts[-1];
        return new StableStratum(
            largestRate, smallestRate, all.Latents, all.Stable, all.True, all.Both, Over(count => Share(count.Both, count.Stable)),
            Over(count => Share(count.True, count.Latents)), Over(count => Share(count.Both, count.True)),
            Over(count => Share(count.Stable, count.Latents)));
    }

    private static double? Share(int part, int whole) => whole > 0 ? part / (double)whole : null;

    private sealed record Counts(int Latents, int Stable, int True, int Both)
    {
        // Leaving a seed out takes both its latents and its vote on the others' latents away.
        public static Counts Of(IReadOnlyList<LatentStability> latents, IReadOnlyList<TruthRecovery> recoveries, int leftOut)
        {
            (bool IsStable, bool IsTrue)[] classes =
            [
                .. latents.Where(latent => latent.Sae != leftOut).Select(latent => (
                    Enumerable.Range(0, recoveries.Count).All(
                        other => other == latent.Sae || other == leftOut || latent.Cosines[other] >= TruthRecovery.FoundCosine),
                    recoveries[latent.Sae].LatentCosines[latent.Latent] >= TruthRecovery.FoundCosine)),
            ];
            return new Counts(
                classes.Length, classes.Count(latent => latent.IsStable), classes.Count(latent => latent.IsTrue),
                classes.Count(latent => latent is { IsStable: true, IsTrue: true }));
        }
    }
}

/// <summary>
/// Stable and true latents of a group of features; a share is null where it is one of nothing, with all seeds or without one of them.
/// </summary>
/// <param name="LargestRate">Rate of the most frequent feature.</param>
/// <param name="SmallestRate">Rate of the rarest.</param>
/// <param name="Latents">Live latents of all seeds.</param>
/// <param name="Stable">Those that each other seed finds again.</param>
/// <param name="True">Those that are a feature.</param>
/// <param name="Both">Those that are both.</param>
/// <param name="Precision">Share of the stable latents that are true, with its interval over seeds.</param>
/// <param name="TrueShare">Share of all latents that are true: the precision of a choice by chance.</param>
/// <param name="Recall">Share of the true latents that are stable.</param>
/// <param name="StableShare">Share of all latents that are stable: the recall of a choice by chance.</param>
internal sealed record StableStratum(
    double LargestRate, double SmallestRate, int Latents, int Stable, int True, int Both, Interval? Precision, Interval? TrueShare,
    Interval? Recall, Interval? StableShare);
