using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Products;

/// <summary>
/// The right operand of many products, packed once: panels of lines in the order in which the register tile reads them.
/// </summary>
/// <remarks>The layout depends on the instruction tier and is never stored on disk.</remarks>
internal sealed class PackedMatrix
{
    // A multiple of a panel's columns on every instruction tier.
    private const int RowsOfPart = 2048;

    private readonly Matrix _panels;
    private readonly bool _fromRows;

    private PackedMatrix(int columns, int inner, bool fromRows)
    {
        Columns = columns;
        Inner = inner;
        _fromRows = fromRows;
        _panels = new Matrix(PanelCount, Tile.Columns * inner);
    }

    /// <summary>Columns of the packed operand: columns of a product with it.</summary>
    public int Columns { get; }

    /// <summary>Inner dimension: columns of the left operand of a product with it.</summary>
    public int Inner { get; }

    internal int PanelCount => (Columns + Tile.Columns - 1) / Tile.Columns;

    /// <summary>Packs a matrix <c>[inner, columns]</c> as it stands.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    public static PackedMatrix From(Matrix matrix, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var packed = new PackedMatrix(matrix.Columns, matrix.Rows, fromRows: false);
        packed.Refill(matrix, workers);
        return packed;
    }

    /// <summary>Packs the transpose of a matrix <c>[columns, inner]</c>, such as an encoder <c>[latents, width]</c>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    public static PackedMatrix FromTransposed(Matrix matrix, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var packed = new PackedMatrix(matrix.Rows, matrix.Columns, fromRows: true);
        packed.Refill(matrix, workers);
        return packed;
    }

    /// <summary>
    /// Packs the transpose of a matrix <c>[columns, inner]</c> whose rows are scaled to length 1, as <see cref="UnitRows.Of"/> does,
    /// without a whole copy of it.
    /// </summary>
    /// <param name="matrix"><c>[columns, inner]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="order">Rows of the matrix in the order in which they become columns; as they stand by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    public static PackedMatrix FromUnitRows(Matrix matrix, Workers? workers = null, int[]? order = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        workers ??= Workers.Alone;
        var packed = new PackedMatrix(order?.Length ?? matrix.Rows, matrix.Columns, fromRows: true);
        for (var start = 0; start < packed.Columns; start += RowsOfPart)
        {
            var count = Math.Min(RowsOfPart, packed.Columns - start);
            var part = order is null ? matrix.SliceRows(start, count).Clone() : matrix.ChosenRows(order.AsSpan(start, count));
            UnitRows.Normalise(part, workers);
            var firstPanel = start / Tile.Columns;
            workers.For(
                (part.Rows + Tile.Columns - 1) / Tile.Columns,
                (panel, _) => packed.PackPanel(part, panel * Tile.Columns, firstPanel + panel));
        }

        return packed;
    }

    /// <summary>Packs new values, of the shape and orientation that this was made from, into the same memory.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Refill(Matrix matrix, Workers? workers = null)
    {
        Require.Shape(matrix, _fromRows ? Columns : Inner, _fromRows ? Inner : Columns);
        (workers ?? Workers.Alone).For(PanelCount, (panel, _) => PackPanel(matrix, panel * Tile.Columns, panel));
    }

    /// <summary>
    /// As <see cref="Refill"/>, for some columns only, on the calling thread: right after their values were computed these are still in
    /// cache.
    /// </summary>
    /// <param name="matrix">All values, of the shape and orientation that this was made from.</param>
    /// <param name="firstColumn">A multiple of 32, which is a multiple of a panel's columns on every instruction tier.</param>
    /// <param name="count">A multiple of 32, or all columns that are left.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The columns are not whole panels, or lie outside the matrix.</exception>
    public void RefillColumns(Matrix matrix, int firstColumn, int count)
    {
        Require.Shape(matrix, _fromRows ? Columns : Inner, _fromRows ? Inner : Columns);
        ArgumentOutOfRangeException.ThrowIfNegative(firstColumn);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstColumn % Tile.Columns, 0, nameof(firstColumn));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Columns - firstColumn);
        if (count % Tile.Columns != 0 && firstColumn + count != Columns)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "neither a multiple of 32 nor all columns that are left");
        }

        for (var panel = firstColumn / Tile.Columns; panel * Tile.Columns < firstColumn + count; panel++)
        {
            PackPanel(matrix, panel * Tile.Columns, panel);
        }
    }

    /// <summary>The panel's part for the inner block that starts at <paramref name="innerStart"/>.</summary>
    internal unsafe float* Panel(int panel, int innerStart) =>
        _panels.Pointer + (nint)panel * Tile.Columns * Inner + (nint)innerStart * Tile.Columns;

    private unsafe void PackPanel(Matrix matrix, int firstColumn, int panel)
    {
        var operand = _fromRows ? Operand.Rows(matrix) : Operand.Columns(matrix);
        PanelPacking.Pack(Panel(panel, 0), 0, 1, operand, firstColumn, Tile.Columns, 0, Inner);
    }
}
