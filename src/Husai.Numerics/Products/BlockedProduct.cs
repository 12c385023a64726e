using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Products;

/// <summary>
/// The product driver: packs the right operand in chunks, then lets the workers take blocks of the result, each packing the left lines it
/// needs.
/// </summary>
/// <remarks>
/// The structure is that of Goto and van de Geijn 2008 (section 4), with inner blocks of <see cref="MatrixProduct.InnerBlock"/> steps.
/// Block sizes decide speed only: an element is always the same chain of operations.
/// </remarks>
internal sealed unsafe class BlockedProduct
{
    // A packed chunk of the right operand is read once for each block of rows: 2 M floats lie in the third-level cache meanwhile.
    private const int LargestPacked = 2 << 20;

    // A chunk no longer than this is wide, so that the left lines packed for it serve many columns.
    private const int LongestChunk = 4 * MatrixProduct.InnerBlock;

    // Fewer operations than this are done before another thread is awake.
    private const long LeastToShare = 1 << 20;

    private readonly Operand _left;
    private readonly Operand _right;
    private readonly float* _result;
    private readonly nint _stride;
    private readonly bool _accumulate;
    private readonly float* _bias;
    private readonly Activation _activation;
    private readonly Workers _workers;

    public BlockedProduct(
        in Operand left, in Operand right, Matrix result, bool accumulate, float* bias, Activation activation, Workers workers)
    {
        _left = left;
        _right = right;
        _result = result.Pointer;
        _stride = result.Stride;
        _accumulate = accumulate;
        _bias = bias;
        _activation = activation;
        _workers = (long)left.Outer * right.Outer * left.Inner < LeastToShare ? Workers.Alone : workers;
    }

    public void Run()
    {
        if (_left.Outer <= Partition.MostRowsOfOwnPanels)
        {
            // One block of left lines uses each right panel once: no shared packed copy, whose way through memory would cost more than it
            // saves.
            RunBlocks(
                Partition.ByColumns(_left.Outer, Partition.Blocks(_right.Outer, Tile.Columns), _workers.Threads), null, 0, 0, _right.Inner);
            return;
        }

        // Chunks of the right operand that fit the packed buffer, whole inner blocks and whole panels each.
        var innerChunk = Math.Min(LongestChunk, Partition.RoundUp(_right.Inner, MatrixProduct.InnerBlock));
        var columnChunk = LargestPacked / innerChunk / Tile.Columns * Tile.Columns;
        for (var column = 0; column < _right.Outer; column += columnChunk)
        {
            var panels = Partition.Blocks(Math.Min(columnChunk, _right.Outer - column), Tile.Columns);
            for (var inner = 0; inner < _right.Inner; inner += innerChunk)
            {
                var innerCount = Math.Min(innerChunk, _right.Inner - inner);
                var packed = Scratch.Rent(ScratchSlot.RightPanels, (long)panels * Tile.Columns * innerCount).Pointer;
                Pack(packed, panels, column, inner, innerCount);
                RunBlocks(Partition.ByRows(_left.Outer, panels, _workers.Threads), packed, column, inner, innerCount);
            }
        }
    }

    // Blocks of panels and steps: rows of the operand are read in long runs, and few panels are written at a time.
    private void Pack(float* packed, int panels, int column, int inner, int innerCount)
    {
        const int panelGroup = 8;
        var panelLength = (nint)Tile.Columns * innerCount;
        var runs = Partition.Blocks(innerCount, MatrixProduct.InnerBlock);
        _workers.For(Partition.Blocks(panels, panelGroup) * runs, (block, _) =>
        {
            var panel = block / runs * panelGroup;
            var start = block % runs * MatrixProduct.InnerBlock;
            PanelPacking.Pack(
                packed + panel * panelLength + (nint)start * Tile.Columns, panelLength, Math.Min(panelGroup, panels - panel), _right,
                column + panel * Tile.Columns, Tile.Columns, inner + start, Math.Min(MatrixProduct.InnerBlock, innerCount - start));
        });
    }

    private void RunBlocks(Partition partition, float* packed, int column, int inner, int innerCount) =>
        _workers.For(partition.Count, (block, _) =>
        {
            var (row, rows, firstPanel, lastPanel) = partition[block];
            if (packed == null)
            {
                BlockOfOwnPanels(row, rows, firstPanel, lastPanel);
            }
            else
            {
                BlockOfSharedPanels(packed, row, rows, column, firstPanel, lastPanel, inner, innerCount);
            }
        });

    private void BlockOfOwnPanels(int row, int rows, int firstPanel, int lastPanel)
    {
        var tiles = Partition.Blocks(rows, Tile.Rows);
        var right = new OwnPanels(_right, firstPanel, lastPanel, tiles);
        var ahead = default(PrefetchStream);
        for (var inner = 0; inner < _right.Inner; inner += MatrixProduct.InnerBlock)
        {
            var steps = Math.Min(MatrixProduct.InnerBlock, _right.Inner - inner);
            var left = PackLeft(row, tiles, inner, steps);
            for (var panel = firstPanel; panel < lastPanel; panel++)
            {
                var packed = right.Panel(panel, inner, steps, ref ahead);
                Multiply(left, packed, steps, row, rows, panel * Tile.Columns, inner, ref ahead);
            }
        }

        Finish(row, rows, firstPanel * Tile.Columns, lastPanel * Tile.Columns);
    }

    private void BlockOfSharedPanels(
        float* packed, int row, int rows, int column, int firstPanel, int lastPanel, int inner, int innerCount)
    {
        var tiles = Partition.Blocks(rows, Tile.Rows);
        var panelLength = (nint)Tile.Columns * innerCount;
        for (var start = 0; start < innerCount; start += MatrixProduct.InnerBlock)
        {
            var steps = Math.Min(MatrixProduct.InnerBlock, innerCount - start);
            var left = PackLeft(row, tiles, inner + start, steps);
            for (var panel = firstPanel; panel < lastPanel; panel++)
            {
                var right = packed + panel * panelLength + (nint)start * Tile.Columns;
                var ahead = new PrefetchStream(right + panelLength, 0, panel + 1 < lastPanel ? 1 : 0, Tile.Columns * steps, tiles);
                Multiply(left, right, steps, row, rows, column + panel * Tile.Columns, inner + start, ref ahead);
            }
        }

        if (inner + innerCount == _right.Inner)
        {
            Finish(row, rows, column + firstPanel * Tile.Columns, column + lastPanel * Tile.Columns);
        }
    }

    private float* PackLeft(int row, int tiles, int inner, int steps)
    {
        var packed = Scratch.Rent(ScratchSlot.LeftPanels, (long)tiles * Tile.Rows * MatrixProduct.InnerBlock).Pointer;
        PanelPacking.Pack(packed, (nint)Tile.Rows * steps, tiles, _left, row, Tile.Rows, inner, steps);
        return packed;
    }

    private void Multiply(float* left, float* right, int steps, int row, int rows, int column, int inner, ref PrefetchStream ahead) =>
        TileColumn.Multiply(
            left, right, steps, rows, Math.Min(Tile.Columns, _right.Outer - column), _result + row * _stride + column, _stride,
            _accumulate || inner > 0, ref ahead);

    private void Finish(int row, int rows, int column, int end)
    {
        if (_bias == null && _activation == Activation.None)
        {
            return;
        }

        var count = Math.Min(end, _right.Outer) - column;
        for (var index = row; index < row + rows; index++)
        {
            Epilogue.Apply(_result + index * _stride + column, count, _bias == null ? null : _bias + column, _activation);
        }
    }
}
