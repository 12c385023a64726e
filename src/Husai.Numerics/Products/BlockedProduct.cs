namespace Husai.Numerics;

/// <summary>
/// The product driver: packs the right operand once, then lets the workers take blocks of the result, each packing the left lines it needs.
/// </summary>
/// <remarks>
/// The structure is that of Goto and van de Geijn 2008 (section 4), with inner blocks of <see cref="MatrixProduct.InnerBlock"/> steps. Block sizes decide speed
/// only: an element is always the same chain of operations.
/// </remarks>
internal sealed unsafe class BlockedProduct
{
    // Left lines that stay in the second-level cache while all right panels pass: 240 x 256 floats.
    private const int LeftBlock = 240;
    private const int ShortestLeftBlock = 48;

    // Packed right operand kept at a time: 8 M floats.
    private const long LargestPacked = 8L << 20;

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
        _workers = workers;
    }

    public void Run()
    {
        if (_left.Outer <= LeftBlock)
        {
            // One block of left lines uses each right panel once: no shared packed copy, whose way through memory would cost more than it saves.
            Chunk(0, _right.Outer, 0, _right.Inner, shared: false);
            return;
        }

        // Chunks of the right operand that fit the packed buffer, whole inner blocks and whole panels each.
        var innerChunk = (int)Math.Min(
            RoundUp(_right.Inner, MatrixProduct.InnerBlock), LargestPacked / Tile.Columns / MatrixProduct.InnerBlock * MatrixProduct.InnerBlock);
        var columnChunk = (int)Math.Min(
            RoundUp(_right.Outer, Tile.Columns), Math.Max(1, LargestPacked / innerChunk / Tile.Columns) * Tile.Columns);
        for (var column = 0; column < _right.Outer; column += columnChunk)
        {
            var columns = Math.Min(columnChunk, _right.Outer - column);
            for (var inner = 0; inner < _right.Inner; inner += innerChunk)
            {
                Chunk(column, columns, inner, Math.Min(innerChunk, _right.Inner - inner), shared: true);
            }
        }
    }

    private static int Blocks(int length, int block) => (length + block - 1) / block;

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;

    private void Chunk(int column, int columns, int inner, int innerCount, bool shared)
    {
        var panels = Blocks(columns, Tile.Columns);
        var panelLength = (nint)Tile.Columns * innerCount;
        float* packed = null;
        if (shared)
        {
            packed = Scratch.Rent(ScratchSlot.RightPanels, panels * (long)panelLength).Pointer;
            Pack(packed, panelLength, panels, column, inner, innerCount);
        }

        // Enough blocks for the workers to share evenly: shorter ones first, since each packs its left lines, then narrower ones.
        var wanted = _workers.Threads;
        var rowBlocks = shared ? Math.Max(Blocks(_left.Outer, LeftBlock), Math.Min(Blocks(_left.Outer, ShortestLeftBlock), wanted)) : 1;
        var blockRows = (int)RoundUp(Blocks(_left.Outer, rowBlocks), Tile.Rows);
        rowBlocks = Blocks(_left.Outer, blockRows);
        var columnGroups = Math.Clamp(Blocks(wanted, rowBlocks), 1, Math.Max(1, panels / 4));
        var groupPanels = (panels + columnGroups - 1) / columnGroups;
        columnGroups = (panels + groupPanels - 1) / groupPanels;
        _workers.For(rowBlocks * columnGroups, (block, _) =>
        {
            var row = block / columnGroups * blockRows;
            var firstPanel = block % columnGroups * groupPanels;
            var lastPanel = Math.Min(firstPanel + groupPanels, panels);
            Block(packed, panelLength, row, Math.Min(blockRows, _left.Outer - row), column, columns, firstPanel, lastPanel, inner, innerCount);
        });
    }

    // Blocks of panels and steps: rows of the operand are read in long runs, and few panels are written at a time.
    private void Pack(float* packed, nint panelLength, int panels, int column, int inner, int innerCount)
    {
        const int panelGroup = 8;
        var groups = (panels + panelGroup - 1) / panelGroup;
        var runs = (innerCount + MatrixProduct.InnerBlock - 1) / MatrixProduct.InnerBlock;
        _workers.For(groups * runs, (block, _) =>
        {
            var panel = block / runs * panelGroup;
            var start = block % runs * MatrixProduct.InnerBlock;
            PanelPacking.Pack(
                packed + panel * panelLength + (nint)start * Tile.Columns, panelLength, Math.Min(panelGroup, panels - panel), _right,
                column + panel * Tile.Columns, Tile.Columns, inner + start, Math.Min(MatrixProduct.InnerBlock, innerCount - start));
        });
    }

    private void Block(
        float* packed, nint panelLength, int row, int rows, int column, int columns, int firstPanel, int lastPanel, int inner, int innerCount)
    {
        var leftPanels = (rows + Tile.Rows - 1) / Tile.Rows;
        var left = Scratch.Rent(ScratchSlot.LeftPanels, (long)leftPanels * Tile.Rows * MatrixProduct.InnerBlock).Pointer;
        for (var start = 0; start < innerCount; start += MatrixProduct.InnerBlock)
        {
            var steps = Math.Min(MatrixProduct.InnerBlock, innerCount - start);
            PanelPacking.Pack(left, (nint)Tile.Rows * steps, leftPanels, _left, row, Tile.Rows, inner + start, steps);
            var accumulate = _accumulate || inner + start > 0;
            for (var panel = firstPanel; panel < lastPanel; panel++)
            {
                var right = packed == null
                    ? OwnPanel(panel - firstPanel, lastPanel - firstPanel, firstPanel * Tile.Columns, start, steps)
                    : packed + panel * panelLength + (nint)start * Tile.Columns;
                TileColumn.Multiply(
                    left, right, steps, rows, Math.Min(Tile.Columns, columns - panel * Tile.Columns),
                    _result + row * _stride + column + panel * Tile.Columns, _stride, accumulate,
                    packed == null || panel + 1 == lastPanel ? null : right + panelLength);
            }
        }

        if (inner + innerCount == _right.Inner && (_bias != null || _activation != Activation.None))
        {
            var from = column + firstPanel * Tile.Columns;
            var count = Math.Min(lastPanel * Tile.Columns, columns) - firstPanel * Tile.Columns;
            for (var index = row; index < row + rows; index++)
            {
                Epilogue.Apply(_result + index * _stride + from, count, _bias == null ? null : _bias + from, _activation);
            }
        }
    }

    // Packs a few panels at a time into memory of this thread's own, which stays in the second-level cache.
    private float* OwnPanel(int panel, int panels, int firstColumn, int inner, int steps)
    {
        const int group = 4;
        var panelLength = (nint)Tile.Columns * steps;
        var packed = Scratch.Rent(ScratchSlot.OwnRightPanels, group * Tile.Columns * MatrixProduct.InnerBlock).Pointer;
        if (panel % group == 0)
        {
            PanelPacking.Pack(
                packed, panelLength, Math.Min(group, panels - panel), _right, firstColumn + panel * Tile.Columns, Tile.Columns, inner, steps);
        }

        return packed + panel % group * panelLength;
    }
}
