using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Geometry;

/// <summary>Products of which half is not computed: a factor is triangular, or the product symmetric.</summary>
internal static class TriangularProduct
{
    private const int BlockSize = 256;

    /// <summary>Computes <c>result = rows rootᵀ</c>.</summary>
    /// <param name="result"><c>[n, width]</c>.</param>
    /// <param name="rows"><c>[n, width]</c>.</param>
    /// <param name="root">Lower triangular, <c>[width, width]</c>.</param>
    /// <param name="bandwidth">Elements of the root farther than this from the diagonal are zero.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void MultiplyByBand(Matrix result, Matrix rows, Matrix root, int bandwidth, Workers? workers)
    {
        var blockSize = Math.Min(BlockSize, 2 * bandwidth);
        for (var start = 0; start < root.Rows; start += blockSize)
        {
            var count = Math.Min(blockSize, root.Rows - start);
            var first = Math.Max(0, start - bandwidth);
            MatrixProduct.Multiply(
                result.SliceColumns(start, count), rows.SliceColumns(first, start + count - first),
                root.Slice(start, count, first, start + count - first),
                ProductForm.ABt, workers: workers);
        }
    }

    /// <summary>Computes a symmetric product up to its diagonal; above it, only elements near the diagonal are set.</summary>
    /// <param name="result"><c>[n, n]</c>.</param>
    /// <param name="left">The left factor, as the form reads it.</param>
    /// <param name="right">The right factor, as the form reads it.</param>
    /// <param name="form">Which factor is transposed.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void LowerHalf(Matrix result, Matrix left, Matrix right, ProductForm form, Workers? workers)
    {
        for (var start = 0; start < result.Rows; start += BlockSize)
        {
            var count = Math.Min(BlockSize, result.Rows - start);
            MatrixProduct.Multiply(
                result.Slice(start, count, 0, start + count),
                form == ProductForm.AtB ? left.SliceColumns(start, count) : left.SliceRows(start, count),
                form == ProductForm.ABt ? right.SliceRows(0, start + count) : right.SliceColumns(0, start + count),
                form, workers: workers);
        }
    }
}
