using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>All cosines between the unit rows of two matrices.</summary>
internal static class CosineMatrix
{
    public static Matrix Of(Matrix first, Matrix second, CosineMeasure cosine, Workers workers)
    {
        var result = new Matrix(first.Rows, second.Rows);
        Compute(result, first, second, cosine, workers);
        return result;
    }

    public static void Compute(Matrix result, Matrix first, Matrix second, CosineMeasure cosine, Workers workers)
    {
        MatrixProduct.Multiply(result, first, second, ProductForm.ABt, workers: workers);
        for (var row = 0; cosine == CosineMeasure.Absolute && row < result.Rows; row++)
        {
            var values = result.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                values[column] = Math.Abs(values[column]);
            }
        }
    }
}
