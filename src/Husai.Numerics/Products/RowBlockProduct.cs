using Husai.Numerics.Matrices;

namespace Husai.Numerics.Products;

/// <summary>One block of left rows against a packed right operand, part by part, in the working memory of one thread.</summary>
internal readonly unsafe struct RowBlockProduct(Matrix rows, PackedMatrix right, float* bias, int columnsPerBlock)
{
    // Floats between rows of the result, so that the rows of a tile do not fall on the same few lines of a cache whose ways are a power of
    // two apart.
    private const int Skew = 16;

    public void Visit(int firstRow, (int From, int To) wanted, int worker, BlockVisitor visitor)
    {
        if (wanted.From >= wanted.To)
        {
            return;
        }

        var left = PackLeft();
        var panelsPerPart = Math.Max(1, (int)Math.Min(((long)columnsPerBlock + Tile.Columns - 1) / Tile.Columns, right.PanelCount));
        var result = Scratch.Rent(ScratchSlot.ResultBlock, (long)rows.Rows * (panelsPerPart * Tile.Columns + Skew));
        var end = Math.Min((wanted.To + Tile.Columns - 1) / Tile.Columns, right.PanelCount);
        for (var panel = wanted.From / Tile.Columns; panel < end; panel += panelsPerPart)
        {
            var column = panel * Tile.Columns;
            var columns = Math.Min(Math.Min(panelsPerPart, end - panel) * Tile.Columns, right.Columns - column);
            var part = result.Slice(0, 1, 0, rows.Rows * (columns + Skew)).Reshape(rows.Rows, columns + Skew).SliceColumns(0, columns);
            Fill(part, left, panel, column, accumulate: false);
            visitor(firstRow, column, part, worker);
        }
    }

    /// <summary>Writes the whole product, or adds it.</summary>
    public void Into(Matrix result, bool accumulate) => Fill(result, PackLeft(), firstPanel: 0, column: 0, accumulate);

    // All left panels over the whole inner dimension: inner block after inner block.
    private float* PackLeft()
    {
        var panels = (rows.Rows + Tile.Rows - 1) / Tile.Rows;
        var packed = Scratch.Rent(ScratchSlot.RowBlockPanels, (long)panels * Tile.Rows * rows.Columns).Pointer;
        var operand = Operand.Rows(rows);
        for (var start = 0; start < rows.Columns; start += MatrixProduct.InnerBlock)
        {
            var steps = Math.Min(MatrixProduct.InnerBlock, rows.Columns - start);
            PanelPacking.Pack(
                packed + (nint)panels * Tile.Rows * start, (nint)Tile.Rows * steps, panels, operand, 0, Tile.Rows, start, steps);
        }

        return packed;
    }

    private void Fill(Matrix part, float* left, int firstPanel, int column, bool accumulate)
    {
        var leftPanels = (rows.Rows + Tile.Rows - 1) / Tile.Rows;
        if (rows.Columns == 0 && !accumulate)
        {
            part.Clear();
            AddBias(part, column, 0, part.Columns);
        }

        for (var start = 0; start < rows.Columns; start += MatrixProduct.InnerBlock)
        {
            var steps = Math.Min(MatrixProduct.InnerBlock, rows.Columns - start);
            for (var offset = 0; offset < part.Columns; offset += Tile.Columns)
            {
                var panel = firstPanel + offset / Tile.Columns;
                var ahead = panel + 1 < right.PanelCount
                    ? new PrefetchStream(right.Panel(panel + 1, start), 0, 1, Tile.Columns * steps, leftPanels)
                    : default;
                TileColumn.Multiply(
                    left + (nint)leftPanels * Tile.Rows * start, right.Panel(panel, start), steps, part.Rows,
                    Math.Min(Tile.Columns, part.Columns - offset), part.Pointer + offset, part.Stride, accumulate || start > 0, ref ahead);
                if (start + steps == rows.Columns)
                {
                    AddBias(part, column, offset, Math.Min(Tile.Columns, part.Columns - offset));
                }
            }
        }
    }

    // To a panel's columns as soon as they are complete, while they are in cache.
    private void AddBias(Matrix part, int column, int offset, int count)
    {
        for (var row = 0; row < part.Rows && bias != null; row++)
        {
            Epilogue.Apply(part.Pointer + (nint)row * part.Stride + offset, count, bias + column + offset, Activation.None);
        }
    }
}
