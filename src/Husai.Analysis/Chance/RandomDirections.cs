using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>Random unit rows.</summary>
internal static class RandomDirections
{
    /// <summary>Directions without preference.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Dimension of the space.</param>
    /// <param name="stream">Where the numbers come from.</param>
    /// <returns><c>[count, width]</c>, unit rows.</returns>
    public static Matrix Isotropic(int count, int width, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var rows = new Matrix(count, width);
        stream.FillNormal(rows.AsSpan());
        UnitRows.Normalise(rows);
        return rows;
    }

    /// <summary>Normal rows of a given covariance, scaled to length 1.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="squareRoot">L with L Lᵀ = covariance, <c>[width, width]</c>.</param>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[count, width]</c>, unit rows.</returns>
    public static Matrix WithCovariance(int count, Matrix squareRoot, RandomStream stream, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(squareRoot);
        ArgumentNullException.ThrowIfNull(stream);
        var rows = new Matrix(count, squareRoot.Rows);
        FillWithCovariance(rows, squareRoot, new Matrix(count, squareRoot.Columns), stream, workers);
        return rows;
    }

    /// <summary>As <see cref="WithCovariance"/>, without memory of its own.</summary>
    /// <param name="rows">Receives the directions.</param>
    /// <param name="squareRoot">L with L Lᵀ = covariance.</param>
    /// <param name="normal">Scratch memory of as many rows, <c>[rows, width]</c>.</param>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="workers">Threads to use.</param>
    internal static void FillWithCovariance(Matrix rows, Matrix squareRoot, Matrix normal, RandomStream stream, Workers? workers)
    {
        stream.FillNormal(normal.AsSpan());
        MatrixProduct.Multiply(rows, normal, squareRoot, ProductForm.ABt, workers: workers);
        UnitRows.Normalise(rows);
    }

    /// <summary>A random rotation (or reflection) of R^width, uniform: every row and every column has length 1.</summary>
    /// <param name="width">Dimension of the space.</param>
    /// <param name="stream">Where the numbers come from.</param>
    /// <returns><c>[width, width]</c>, orthogonal.</returns>
    public static Matrix Rotation(int width, RandomStream stream) => Orthonormal(width, width, stream);

    /// <summary>An orthonormal basis of a uniformly random subspace.</summary>
    /// <param name="count">Dimension of the subspace, at most <paramref name="width"/>.</param>
    /// <param name="width">Dimension of the space.</param>
    /// <param name="stream">Where the numbers come from.</param>
    /// <returns><c>[count, width]</c>, orthonormal rows.</returns>
    public static Matrix Orthonormal(int count, int width, RandomStream stream)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, width);
        var rows = Isotropic(count, width, stream);
        return GramSchmidt.Orthonormalise(rows);
    }
}
