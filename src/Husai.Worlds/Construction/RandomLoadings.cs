using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using Husai.Worlds.Model;
using Husai.Worlds.Options;

namespace Husai.Worlds.Construction;

/// <summary>Correlation from normal loadings, each feature keeping a variance of its own.</summary>
internal static class RandomLoadings
{
    /// <summary>Least variance of a feature's own: rows that leave less are shortened to leave this.</summary>
    public const double LeastOwnVariance = 0.01;

    /// <summary>Draws the loadings.</summary>
    /// <param name="options">How many factors, and how large loadings are.</param>
    /// <param name="features">How many features.</param>
    /// <param name="stream">Random numbers.</param>
    /// <returns>Null where there are no factors.</returns>
    public static FactorCorrelation? Create(CorrelationOptions options, int features, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        if (options.Rank == 0)
        {
            return null;
        }

        var loadings = new Matrix(features, options.Rank);
        var ownVariances = new float[features];
        for (var feature = 0; feature < features; feature++)
        {
            var row = loadings.Row(feature);
            stream.FillNormal(row, 0, (float)options.Scale);
            var square = Reductions.SumOfSquares(row);
            if (1 - square < LeastOwnVariance)
            {
                Elementwise.Scale(row, (float)Math.Sqrt((1 - LeastOwnVariance) / square));
                square = 1 - LeastOwnVariance;
            }

            ownVariances[feature] = (float)(1 - square);
        }

        return new FactorCorrelation(loadings, ownVariances);
    }
}
