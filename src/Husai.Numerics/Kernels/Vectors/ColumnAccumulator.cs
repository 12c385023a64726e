using System.Buffers;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>Sums over the rows of a matrix: rows in order within a block, then the blocks in order.</summary>
internal static unsafe class ColumnAccumulator
{
    /// <summary>Writes the sum of each column.</summary>
    public static void Sum(Span<double> result, Matrix matrix, Workers? workers) =>
        Blocks(result, matrix.Rows, matrix.Columns, workers, (first, end, sums) => SumRows(sums, matrix, first, end));

    /// <summary>
    /// Adds up what <paramref name="body"/> writes for each block of rows [first, end): <paramref name="result"/>'s length of sums.
    /// </summary>
    public static void Blocks(Span<double> result, int rows, int columns, Workers? workers, BlockSums body)
    {
        result.Clear();
        var length = result.Length;
        var rowsPerBlock = RowBlocks.RowsPerBlock(columns);
        var blocks = RowBlocks.Count(rows, rowsPerBlock);
        var partial = ArrayPool<double>.Shared.Rent(Math.Max(1, blocks * length));
        fixed (double* pinned = partial)
        {
            var sums = pinned;
            (workers ?? Workers.Alone).For(blocks, (block, _) =>
            {
                var first = block * rowsPerBlock;
                body(first, Math.Min(rows - first, rowsPerBlock) + first, sums + (nint)block * length);
            });
            for (var block = 0; block < blocks; block++)
            {
                for (var i = 0; i < length; i++)
                {
                    result[i] += partial[block * length + i];
                }
            }
        }

        ArrayPool<double>.Shared.Return(partial);
    }

    private static void SumRows(double* sums, Matrix matrix, int first, int end)
    {
        // Strips of 64 columns: their sums stay in registers, and each row gives whole cache lines.
        const int strip = 4 * Lanes.Count;
        var column = 0;
        for (; column + strip <= matrix.Columns; column += strip)
        {
            SumStrip(sums + column, matrix.RowPointer(first) + column, matrix.Stride, end - first);
        }

        for (; column < matrix.Columns; column += Lanes.Count)
        {
            SumLanes(sums + column, matrix.RowPointer(first) + column, matrix.Stride, end - first, matrix.Columns - column);
        }
    }

    private static void SumStrip(double* sums, float* source, int stride, int rows)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (var row = 0; row < rows; row++, source += stride)
        {
            s0 += Vector512.WidenLower(Vector512.Load(source));
            s1 += Vector512.WidenUpper(Vector512.Load(source));
            s2 += Vector512.WidenLower(Vector512.Load(source + Lanes.Count));
            s3 += Vector512.WidenUpper(Vector512.Load(source + Lanes.Count));
            s4 += Vector512.WidenLower(Vector512.Load(source + 2 * Lanes.Count));
            s5 += Vector512.WidenUpper(Vector512.Load(source + 2 * Lanes.Count));
            s6 += Vector512.WidenLower(Vector512.Load(source + 3 * Lanes.Count));
            s7 += Vector512.WidenUpper(Vector512.Load(source + 3 * Lanes.Count));
        }

        s0.Store(sums);
        s1.Store(sums + 8);
        s2.Store(sums + 16);
        s3.Store(sums + 24);
        s4.Store(sums + 32);
        s5.Store(sums + 40);
        s6.Store(sums + 48);
        s7.Store(sums + 56);
    }

    private static void SumLanes(double* sums, float* source, int stride, int rows, int columns)
    {
        Vector512<double> lower = default, upper = default;
        for (var row = 0; row < rows; row++, source += stride)
        {
            var (l, u) = Lanes.Widen(Lanes.Load(source, columns));
            lower += l;
            upper += u;
        }

        for (var i = 0; i < Math.Min(columns, Lanes.Count); i++)
        {
            sums[i] = i < 8 ? lower.GetElement(i) : upper.GetElement(i - 8);
        }
    }

    /// <summary>Writes the sums over the rows [first, end).</summary>
    internal delegate void BlockSums(int first, int end, double* sums);
}
