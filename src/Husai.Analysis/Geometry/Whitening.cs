using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Geometry;

/// <summary>
/// Coordinates in which the activations have unit covariance, on the principal directions that carry a given share of the variance. Cosines
/// there do not rise merely because the activations have low rank.
/// </summary>
internal sealed class Whitening
{
    private readonly Matrix _map;

    private Whitening(Matrix map) => _map = map;

    /// <summary>Number of principal directions kept.</summary>
    public int Dimension => _map.Rows;

    /// <summary>Finds the directions and scales.</summary>
    /// <param name="covariance">Covariance of the activations.</param>
    /// <param name="varianceKept">Share of the variance that the kept directions carry, in (0, 1].</param>
    /// <exception cref="ArgumentException">The activations do not vary.</exception>
    public static Whitening Of(Covariance covariance, double varianceKept = 0.999)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(varianceKept);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(varianceKept, 1);
        var values = covariance.Eigen.Values;
        var positive = values.Where(value => value > values[0] * 1e-12).ToArray();
        if (positive.Length == 0 || !(values[0] > 0))
        {
            throw new ArgumentException("the activations do not vary", nameof(covariance));
        }

        var total = positive.Sum();
        var kept = 0;
        for (var sum = 0.0; kept < positive.Length && sum < varianceKept * total; kept++)
        {
            sum += positive[kept];
        }

        var map = new Matrix(kept, covariance.Width);
        for (var i = 0; i < kept; i++)
        {
            for (var j = 0; j < covariance.Width; j++)
            {
                map.Row(i)[j] = (float)(covariance.Eigen.Vectors[i, j] / Math.Sqrt(values[i]));
            }
        }

        return new Whitening(map);
    }

    /// <summary>Maps directions (rows) into the whitened coordinates.</summary>
    /// <param name="directions"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[rows, dimension]</c>.</returns>
    public Matrix Apply(Matrix directions, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(directions);
        var result = new Matrix(directions.Rows, Dimension);
        MatrixProduct.Multiply(result, directions, _map, ProductForm.ABt, workers: workers);
        return result;
    }

    /// <summary>The same dictionary in whitened coordinates; latents without any component there become zero rows.</summary>
    public LatentDictionary Apply(LatentDictionary dictionary, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        return new LatentDictionary(
            dictionary.Name, Apply(dictionary.Decoder, workers), dictionary.Encoder is null ? null : Apply(dictionary.Encoder, workers),
            dictionary.FiringFrequencies);
    }
}
