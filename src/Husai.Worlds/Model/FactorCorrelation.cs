using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Worlds.Model;

/// <summary>
/// Correlation of what fires: feature i fires where <c>F_i . eps + sqrt(delta_i) eta_i</c> is above its threshold, with factors eps that
/// all features of a sample share, and eta its own, all of them standard normal.
/// </summary>
internal sealed class FactorCorrelation
{
    private readonly float[] _ownVariances;

    /// <summary>Correlation from given loadings.</summary>
    /// <param name="loadings"><c>[features, rank]</c>, F; kept, not copied.</param>
    /// <param name="ownVariances">delta, of each feature; above 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a variance is not above 0.</exception>
    public FactorCorrelation(Matrix loadings, ReadOnlySpan<float> ownVariances)
    {
        ArgumentNullException.ThrowIfNull(loadings);
        if (ownVariances.Length != loadings.Rows)
        {
            throw new ArgumentException($"{ownVariances.Length} variances for loadings {loadings.Shape}", nameof(ownVariances));
        }

        for (var feature = 0; feature < ownVariances.Length; feature++)
        {
            if (!(ownVariances[feature] > 0))
            {
                throw new ArgumentException(
                    $"the own variance of feature {feature} is {ownVariances[feature]}: it must be above 0", nameof(ownVariances));
            }
        }

        Loadings = loadings;
        _ownVariances = ownVariances.ToArray();
    }

    /// <summary><c>[features, rank]</c>.</summary>
    public Matrix Loadings { get; }

    /// <summary>Variance of each feature that no factor explains, delta.</summary>
    public ReadOnlySpan<float> OwnVariances => _ownVariances;

    /// <summary>Number of factors.</summary>
    public int Rank => Loadings.Columns;

    /// <summary>Mean of delta.</summary>
    public double MeanOwnVariance => Reductions.Sum(_ownVariances) / _ownVariances.Length;

    /// <summary>Root mean square of the correlations between different features, the elements of F F' off its diagonal.</summary>
    public double RootMeanSquareCorrelation()
    {
        // |F F'|^2 = |F' F|^2, of which the diagonal's squares are taken off: rank^2 numbers instead of features^2.
        var features = Loadings.Rows;
        var gram = new double[Rank, Rank];
        var diagonal = 0.0;
        for (var feature = 0; feature < features; feature++)
        {
            var row = Loadings.Row(feature);
            for (var i = 0; i < Rank; i++)
            {
                for (var j = 0; j < Rank; j++)
                {
                    gram[i, j] += (double)row[i] * row[j];
                }
            }

            var square = Reductions.SumOfSquares(row);
            diagonal += square * square;
        }

        var total = 0.0;
        foreach (var value in gram)
        {
            total += value * value;
        }

        return Math.Sqrt(Math.Max(0, total - diagonal) / ((double)features * (features - 1)));
    }
}
