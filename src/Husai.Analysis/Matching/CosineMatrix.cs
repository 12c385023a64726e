using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>All cosines between the rows of two matrices.</summary>
internal static class CosineMatrix
{
    /// <summary>Computes them.</summary>
    /// <param name="first"><c>[m, width]</c>, no zero row.</param>
    /// <param name="second"><c>[n, width]</c>, no zero row.</param>
    /// <param name="cosine">Signed or absolute.</param>
    /// <param name="workers">Threads to use.</param>
    /// <returns><c>[m, n]</c>.</returns>
    public static Matrix Of(Matrix first, Matrix second, CosineMeasure cosine, Workers? workers)
    {
        var result = new Matrix(first.Rows, second.Rows);
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
}
