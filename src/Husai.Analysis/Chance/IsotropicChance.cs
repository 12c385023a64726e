using System.Collections.Concurrent;
using Husai.Analysis.Similarity;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>Chance levels for directions that are independent and isotropic.</summary>
internal static class IsotropicChance
{
    private static readonly ConcurrentDictionary<(int, int, int, SimilarityOptions, int, ulong), ChanceLevel> Cache = new();

    /// <summary>
    /// The level for two dictionaries: a closed form for the mean of the best matches and for their share above a threshold, Monte Carlo
    /// otherwise.
    /// </summary>
    /// <param name="width">Width of the activations.</param>
    /// <param name="first">Latents of the first dictionary that take part.</param>
    /// <param name="second">Latents of the second that take part.</param>
    /// <param name="options">The similarity; its treatment of dead latents plays no part.</param>
    /// <param name="draws">Pairs to draw where there is no closed form, at least 2; very large dictionaries take fewer.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="cancellation">Ends the draws early.</param>
    public static ChanceLevel For(
        int width, int first, int second, SimilarityOptions options, int draws = 16, ulong seed = 0, Workers? workers = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var key = (width, first, second, options, draws, seed);
        return Cache.GetOrAdd(key, _ => SampledMaximum.Applies(options)
            ? new ChanceLevel((OneSided(width, second, options) + OneSided(width, first, options)) / 2, 0, 0)
            : MonteCarlo(width, first, second, options, draws, seed, workers, cancellation));
    }

    private static double OneSided(int width, int candidates, SimilarityOptions options) => (options.Reduction, options.Cosine) switch
    {
        (MatchReduction.FractionAboveThreshold, _) => 1 - IsotropicMaximum.Below(options.Threshold, width, candidates, options.Cosine),
        (_, CosineMeasure.Absolute) => IsotropicMaximum.Absolute(width, candidates),
        _ => IsotropicMaximum.Signed(width, candidates),
    };

    private static ChanceLevel MonteCarlo(
        int width, int first, int second, SimilarityOptions options, int draws, ulong seed, Workers? workers,
        CancellationToken cancellation)
    {
        draws = ChanceDraws.Bounded(draws, first, second, width, options);
        var scores = new ExtrapolatedScore[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stream = new RandomStream(seed, "chance.isotropic", (uint)draw);
            scores[draw] = RandomPair.Score(
                options, () => RandomDirections.Isotropic(first, width, stream), () => RandomDirections.Isotropic(second, width, stream),
                workers, cancellation);
        }

        return ChanceLevel.Of(scores);
    }
}
