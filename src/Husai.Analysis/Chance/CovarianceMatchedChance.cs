using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>
/// Chance levels for directions drawn with the covariance of the activations. On activations of low rank this level is far above the isotropic one, and it is the one to beat.
/// </summary>
public static class CovarianceMatchedChance
{
    /// <summary>The level for two dictionaries, by seeded Monte Carlo.</summary>
    /// <param name="covariance">Covariance of the activations that the dictionaries describe.</param>
    /// <param name="first">Latents of the first dictionary that take part.</param>
    /// <param name="second">Latents of the second that take part.</param>
    /// <param name="options">The similarity; its treatment of dead latents plays no part.</param>
    /// <param name="draws">Pairs to draw, at least 2; very large dictionaries take fewer.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="cancellation">Ends the draws early.</param>
    public static ChanceLevel For(
        Covariance covariance, int first, int second, SimilarityOptions options, int draws = 16, ulong seed = 0, Workers? workers = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var root = covariance.SquareRoot();
        draws = ChanceDraws.Bounded(draws, first, second, covariance.Width, options);
        var scores = new double[draws];
        var sampled = SampledMaximum.Applies(options);
        var normal = new Matrix(sampled ? Math.Min(Math.Max(first, second), SampledMaximum.BlockRows) : 0, covariance.Width);
        for (var draw = 0; draw < draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stream = new RandomStream(seed, "chance.covariance", (uint)draw);
            scores[draw] = sampled
                ? Sampled(first, second, covariance.Width, options, Fill, workers)
                : RandomPair.Score(options, () => Directions(first), () => Directions(second), workers, cancellation);

            void Fill(Matrix rows) => RandomDirections.FillWithCovariance(rows, root, normal.SliceRows(0, rows.Rows), stream, workers);

            Matrix Directions(int count) => RandomDirections.WithCovariance(count, root, stream, workers);
        }

        return ChanceLevel.Of(scores);
    }

    // Sides of one size have the same expectation: where each is sampled, one of them is enough.
    private static double Sampled(int first, int second, int width, SimilarityOptions options, Action<Matrix> draw, Workers? workers)
    {
        var score = SampledMaximum.Score(first, second, width, options, draw, workers);
        return first == second && first > SampledMaximum.LargestSample
            ? score
            : (score + SampledMaximum.Score(second, first, width, options, draw, workers)) / 2;
    }
}
