using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Matching;

/// <summary>All cosines between the rows of two matrices.</summary>
internal static class CosineMatrix
{
    // The largest takes 1 GiB, and the collector does not hurry to take one back before the next is made: each thread keeps one and writes
    // over it.
    [ThreadStatic]
    private static Matrix? _memory;

    /// <summary>Computes them, in memory that the next call on this thread may use again.</summary>
    /// <param name="first"><c>[m, width]</c>, no zero row.</param>
    /// <param name="second"><c>[n, width]</c>, no zero row.</param>
    /// <param name="cosine">Signed or absolute.</param>
    /// <param name="workers">Threads to use.</param>
    /// <returns><c>[m, n]</c>.</returns>
    public static Matrix Of(Matrix first, Matrix second, CosineMeasure cosine, Workers? workers)
    {
        var result = Rent(first.Rows, second.Rows);
        MatrixProduct.Multiply(result, UnitRows.Of(first), UnitRows.Of(second), ProductForm.ABt, workers: workers);
        for (var row = 0; cosine == CosineMeasure.Absolute && row < result.Rows; row++)
        {
            var values = result.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                values[column] = Math.Abs(values[column]);
            }
        }

        return result;
    }

    private static Matrix Rent(int rows, int columns)
    {
        if (_memory is null || (long)_memory.Rows * _memory.Columns < (long)rows * columns)
        {
            _memory = new Matrix(1, checked(rows * columns));
        }

        return _memory.SliceColumns(0, rows * columns).Reshape(rows, columns);
    }
}
