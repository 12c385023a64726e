using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>Splits work into blocks of about the same number of elements, fixed by the problem's size.</summary>
internal static class RowBlocks
{
    /// <summary>Elements in a block: 64 KiB of floats, large beside the cost of handing it to a thread.</summary>
    public const int Elements = 16_384;

    /// <summary>Rows in a block of a matrix of this width, at least 1.</summary>
    /// <param name="columns">Width of the matrix.</param>
    public static int RowsPerBlock(int columns) => Math.Max(1, Elements / Math.Max(1, columns));

    /// <summary>Number of blocks of this size.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="rowsPerBlock">At least 1.</param>
    public static int Count(int rows, int rowsPerBlock) => (rows + rowsPerBlock - 1) / rowsPerBlock;

    /// <summary>Runs <paramref name="body"/> on each range of rows [first, end).</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Its width.</param>
    /// <param name="workers">Threads to use; the calling one where null.</param>
    /// <param name="body">Does the work of the rows from the first up to the second, which is not among them.</param>
    public static void For(int rows, int columns, Workers? workers, Action<int, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var rowsPerBlock = RowsPerBlock(columns);
        (workers ?? Workers.Alone).For(Count(rows, rowsPerBlock), (block, _) =>
        {
            var first = block * rowsPerBlock;
            body(first, Math.Min(rows - first, rowsPerBlock) + first);
        });
    }
}
