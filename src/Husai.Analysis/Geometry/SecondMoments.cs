using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Geometry;

/// <summary>Second moments AᵀA / n of rows, about zero.</summary>
internal static class SecondMoments
{
    // In double precision up to here; beyond, where it would take longer than all else, by the single-precision product, whose runs are
    // short.
    private const int WidestInDouble = 512;

    private const int PowerIterations = 64;

    /// <summary>Symmetric <c>[width, width]</c>.</summary>
    public static double[,] Of(Matrix rows, Workers? workers)
    {
        if (rows.Columns <= WidestInDouble)
        {
            return CrossProducts.Of(rows, new double[rows.Columns], workers);
        }

        var product = new Matrix(rows.Columns, rows.Columns);
        TriangularProduct.LowerHalf(product, rows, rows, ProductForm.AtB, workers);
        return Scaled(product, rows.Rows);
    }

    /// <summary>A Aᵀ / n, <c>[rows, rows]</c>: the same positive eigenvalues.</summary>
    public static double[,] OfTransposed(Matrix rows, Workers? workers)
    {
        if (rows.Rows <= WidestInDouble)
        {
            var values = CrossProducts.Of(rows.Transpose(), new double[rows.Rows], workers);
            for (var i = 0; i < rows.Rows; i++)
            {
                for (var j = 0; j < rows.Rows; j++)
                {
                    values[i, j] *= rows.Columns / (double)rows.Rows;
                }
            }

            return values;
        }

        var product = new Matrix(rows.Rows, rows.Rows);
        TriangularProduct.LowerHalf(product, rows, rows, ProductForm.ABt, workers);
        return Scaled(product, rows.Rows);
    }

    /// <summary>Whether the largest eigenvalue of second moments lies below a bound.</summary>
    public static bool LargestIsBelow(double[,] moments, double bound) =>
        RootOfSquares(moments) < bound || LargestEigenvalue(moments) < bound;

    /// <summary>The largest eigenvalue of second moments, by the power method: a little below it at worst.</summary>
    private static double LargestEigenvalue(double[,] moments)
    {
        var width = moments.GetLength(0);
        var vector = new double[width];
        Array.Fill(vector, 1 / Math.Sqrt(width));
        var value = 0.0;
        for (var iteration = 0; iteration < PowerIterations; iteration++)
        {
            var next = new double[width];
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    next[i] += moments[i, j] * vector[j];
                }
            }

            value = Math.Sqrt(InnerProduct.InOrder(next, next));
            if (value == 0)
            {
                // The starting vector lies where there is no variance: any other will do.
                vector[iteration % width] += 1;
                continue;
            }

            vector = Array.ConvertAll(next, element => element / value);
        }

        return value;
    }

    // No eigenvalue is larger than the root of the sum of their squares, which is that of the elements.
    private static double RootOfSquares(double[,] moments)
    {
        var sum = 0.0;
        foreach (var value in moments)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }

    private static double[,] Scaled(Matrix product, int rows)
    {
        var result = new double[product.Rows, product.Columns];
        for (var i = 0; i < product.Rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                result[i, j] = result[j, i] = product[i, j] / (double)rows;
            }
        }

        return result;
    }
}
