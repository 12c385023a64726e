using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>
/// Chance levels for directions drawn with the covariance of the activations. On activations of low rank this level is far above the isotropic one, and it is the one to beat.
/// </summary>
public static class CovarianceMatchedChance
{
    private const long MostNumbers = 1 << 25;

    /// <summary>The level for two dictionaries, by seeded Monte Carlo.</summary>
    /// <param name="covariance">Covariance of the activations that the dictionaries describe.</param>
    /// <param name="first">Latents of the first dictionary that take part.</param>
    /// <param name="second">Latents of the second that take part.</param>
    /// <param name="options">The similarity; its treatment of dead latents plays no part.</param>
    /// <param name="draws">Pairs to draw, at least 2; very large dictionaries take fewer.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static ChanceLevel For(
        Covariance covariance, int first, int second, SimilarityOptions options, int draws = 16, ulong seed = 0, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var root = covariance.SquareRoot();
        // The scores of large dictionaries hardly vary: fewer draws are enough.
        draws = Math.Clamp((int)(MostNumbers / ((long)Math.Max(first, second) * covariance.Width)), 2, draws);
        var scores = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var stream = new RandomStream(seed, "chance.covariance", (uint)draw);
            Matrix Directions(int count) => RandomDirections.WithCovariance(count, root, stream, workers);
            scores[draw] = SampledMaximum.Applies(options)
                ? Sampled(first, second, options, Directions, workers)
                : RandomPair.Score(options, () => Directions(first), () => Directions(second), workers);
        }

        return ChanceLevel.Of(scores);
    }

    // Sides of one size have the same expectation: where each is sampled, one of them is enough.
    private static double Sampled(int first, int second, SimilarityOptions options, Func<int, Matrix> directions, Workers? workers)
    {
        var score = SampledMaximum.Score(first, second, options, directions, workers);
        return first == second && first > SampledMaximum.LargestSample
            ? score
            : (score + SampledMaximum.Score(second, first, options, directions, workers)) / 2;
    }
}
