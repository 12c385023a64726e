using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Geometry;

/// <summary>Subspaces spanned by the main directions of dictionaries, and how far they coincide.</summary>
internal static class Subspace
{
    /// <summary>The k main directions of a dictionary's unit rows: the top left singular vectors of the transposed decoder.</summary>
    /// <param name="unitRows"><c>[latents, width]</c>.</param>
    /// <param name="dimension">Number k of directions, at most the width.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[k, width]</c>, orthonormal rows.</returns>
    public static double[,] Top(Matrix unitRows, int dimension, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, unitRows.Columns);
        return Leading(Covariance.About0(unitRows, workers).Eigen.Vectors, dimension);
    }

    /// <summary>The first rows of an ordered basis: the subspace of fewer dimensions.</summary>
    internal static double[,] Leading(double[,] basis, int dimension)
    {
        var result = new double[dimension, basis.GetLength(1)];
        Array.Copy(basis, result, result.Length);
        return result;
    }

    /// <summary>Mean squared cosine of the principal angles, ||U1ᵀ U2||² / k; chance is k / width.</summary>
    /// <param name="first"><c>[k, width]</c>, orthonormal rows.</param>
    /// <param name="second"><c>[k, width]</c>, orthonormal rows.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Overlap(double[,] first, double[,] second)
    {
        var products = Products(first, second);
        if (products.GetLength(0) != products.GetLength(1))
        {
            throw new ArgumentException($"subspaces of {products.GetLength(0)} and {products.GetLength(1)} dimensions", nameof(second));
        }

        var sum = 0.0;
        foreach (var product in products)
        {
            sum += product * product;
        }

        return sum / products.GetLength(0);
    }

    /// <summary>Cosines of the principal angles between two subspaces, largest first.</summary>
    /// <param name="first"><c>[k, width]</c>, orthonormal rows.</param>
    /// <param name="second"><c>[l, width]</c>, orthonormal rows.</param>
    public static double[] PrincipalCosines(double[,] first, double[,] second) =>
        Array.ConvertAll(SingularValues.Of(Products(first, second)), cosine => Math.Clamp(cosine, 0, 1));

    private static double[,] Products(double[,] first, double[,] second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var width = first.GetLength(1);
        if (second.GetLength(1) != width)
        {
            throw new ArgumentException($"first lies in {width} dimensions, second in {second.GetLength(1)}", nameof(second));
        }

        var result = new double[first.GetLength(0), second.GetLength(0)];
        for (var i = 0; i < result.GetLength(0); i++)
        {
            for (var j = 0; j < result.GetLength(1); j++)
            {
                for (var k = 0; k < width; k++)
                {
                    result[i, j] += first[i, k] * second[j, k];
                }
            }
        }

        return result;
    }
}
