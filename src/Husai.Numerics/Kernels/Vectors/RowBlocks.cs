using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>Splits work into blocks of about the same number of elements, fixed by the problem's size.</summary>
internal static class RowBlocks
{
    /// <summary>Elements in a block: 64 KiB of floats, large beside the cost of handing it to a thread.</summary>
    public const int Elements = 16_384;

    /// <summary>Rows in a block of a matrix of this width.</summary>
    public static int RowsPerBlock(int columns) => Math.Max(1, Elements / Math.Max(1, columns));

    /// <summary>Number of blocks of this size.</summary>
    public static int Count(int rows, int rowsPerBlock) => (rows + rowsPerBlock - 1) / rowsPerBlock;

    /// <summary>Runs <paramref name="body"/> on each range of rows [first, end).</summary>
    public static void For(int rows, int columns, Workers? workers, Action<int, int> body)
    {
        var rowsPerBlock = RowsPerBlock(columns);
        (workers ?? Workers.Alone).For(Count(rows, rowsPerBlock), (block, _) =>
        {
            var first = block * rowsPerBlock;
            body(first, Math.Min(rows - first, rowsPerBlock) + first);
        });
    }
}
