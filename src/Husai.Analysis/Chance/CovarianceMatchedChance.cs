using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// Chance levels for directions drawn with the covariance of the activations. On activations of low rank this level is far above the
/// isotropic one, and it is the one to beat.
/// </summary>
internal static class CovarianceMatchedChance
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
        if (SampledMaximum.Applies(options))
        {
            return Sampled(covariance, first, second, [options], draws, seed, workers, cancellation)[0];
        }

        var root = covariance.SquareRoot(workers);
        var scores = new ExtrapolatedScore[ChanceDraws.Bounded(draws, first, second, covariance.Width, options)];
        for (var draw = 0; draw < scores.Length; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stream = StreamOf(seed, draw);
            scores[draw] = RandomPair.Score(options, () => Directions(first), () => Directions(second), workers, cancellation);

            Matrix Directions(int count) => RandomDirections.WithCovariance(count, root, stream, workers);
        }

        return ChanceLevel.Of(scores);
    }

    /// <summary>The same for several similarities of which <see cref="SampledMaximum.Applies"/> holds, from one set of draws.</summary>
    internal static ChanceLevel[] Sampled(
        Covariance covariance, int first, int second, IReadOnlyList<SimilarityOptions> similarities, int draws, ulong seed,
        Workers? workers, CancellationToken cancellation)
    {
        var root = covariance.SquareRoot(workers);
        var scores = new double[ChanceDraws.Bounded(draws, first, second, covariance.Width, similarities[0])][];
        var normal = new Matrix(Math.Min(Math.Max(first, second), SampledMaximum.BlockRows), covariance.Width);
        for (var draw = 0; draw < scores.Length; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stream = StreamOf(seed, draw);
            scores[draw] = BothSides(first, second, covariance.Width, similarities, Fill, workers);

            void Fill(Matrix rows) => RandomDirections.FillWithCovariance(rows, root, normal.SliceRows(0, rows.Rows), stream, workers);
        }

        return [.. similarities.Select((_, number) => ChanceLevel.Of(Array.ConvertAll(scores, draw => draw[number])))];
    }

    // Sides of one size have the same expectation: where each is sampled, one of them is enough.
    private static double[] BothSides(
        int first, int second, int width, IReadOnlyList<SimilarityOptions> similarities, Action<Matrix> draw, Workers? workers)
    {
        var scores = SampledMaximum.Scores(first, second, width, similarities, draw, workers);
        return first == second && first > SampledMaximum.LargestSample
            ? scores
            : [.. scores.Zip(SampledMaximum.Scores(second, first, width, similarities, draw, workers), (one, other) => (one + other) / 2)];
    }

    private static RandomStream StreamOf(ulong seed, int draw) => new(seed, "chance.covariance", (uint)draw);
}
