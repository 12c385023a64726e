using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Products;

internal static partial class MatrixProduct
{
    // A stripe of rows makes the products with its own rows and all that follow; only those among its own are made twice.
    private const int StripeRows = 512;

    // Blocks of a mirror image whose lines, read and written, lie in the first-level cache.
    private const int MirrorBlock = 32;

    /// <summary>
    /// Computes the inner products of all pairs of rows, <c>result = rows x rowsᵀ</c>: to the bits of
    /// <see cref="Multiply(Matrix, Matrix, Matrix, ProductForm, bool, ReadOnlySpan{float}, Activation, Workers?)"/>, for little more than
    /// half its operations, since the order of two factors does not change a fused multiply-add.
    /// </summary>
    /// <param name="result"><c>[n, n]</c>; may not share memory with <paramref name="rows"/>.</param>
    /// <param name="rows"><c>[n, inner]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">Shapes do not fit, or the result shares memory with the operand.</exception>
    public static void MultiplyPairsOfRows(Matrix result, Matrix rows, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(rows);
        Require.Shape(result, rows.Rows, rows.Rows);
        Require.Apart(result, rows);
        for (var first = 0; first < rows.Rows; first += StripeRows)
        {
            var (count, right) = (Math.Min(StripeRows, rows.Rows - first), rows.Rows - first);
            Multiply(
                result.Slice(first, count, first, right), rows.SliceRows(first, count), rows.SliceRows(first, right), ProductForm.ABt,
                workers: workers);
        }

        var blocks = Partition.Blocks(rows.Rows, MirrorBlock);
        (workers ?? Workers.Alone).For(blocks, (block, _) =>
        {
            for (var other = 0; other < block; other++)
            {
                Mirror(result, block * MirrorBlock, other * MirrorBlock);
            }
        });
    }

    // Fills a block below the diagonal from that above it.
    private static unsafe void Mirror(Matrix result, int firstRow, int firstColumn)
    {
        for (var row = firstRow; row < Math.Min(firstRow + MirrorBlock, result.Rows); row++)
        {
            float* target = result.Pointer + (nint)row * result.Stride, source = result.Pointer + row;
            for (var column = firstColumn; column < firstColumn + MirrorBlock; column++)
            {
                target[column] = source[(nint)column * result.Stride];
            }
        }
    }
}
