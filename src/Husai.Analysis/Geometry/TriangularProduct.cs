using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Products with a triangular matrix, whose half of zeros is left out.</summary>
internal static class TriangularProduct
{
    private const int BlockColumns = 256;

    /// <summary>Computes <c>result = rows rootᵀ</c>.</summary>
    /// <param name="result"><c>[n, width]</c>.</param>
    /// <param name="rows"><c>[n, width]</c>.</param>
    /// <param name="root">Lower triangular, <c>[width, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void Multiply(Matrix result, Matrix rows, Matrix root, Workers? workers)
    {
        for (var start = 0; start < root.Rows; start += BlockColumns)
        {
            var count = Math.Min(BlockColumns, root.Rows - start);
            MatrixProduct.Multiply(
                result.SliceColumns(start, count), rows.SliceColumns(0, start + count), root.Slice(start, count, 0, start + count),
                ProductForm.ABt, workers: workers);
        }
    }
}
