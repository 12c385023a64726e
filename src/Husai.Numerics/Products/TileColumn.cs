using Husai.Numerics.Kernels;

namespace Husai.Numerics.Products;

/// <summary>One packed right panel against all packed left panels of a block, edges included.</summary>
internal static unsafe class TileColumn
{
    /// <param name="left">Packed left panels over <paramref name="steps"/> steps.</param>
    /// <param name="right">Packed right panel over the same steps.</param>
    /// <param name="steps">Inner steps, at most <see cref="MatrixProduct.InnerBlock"/>.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result, at most <see cref="Tile.Columns"/>.</param>
    /// <param name="result">First element of the result.</param>
    /// <param name="stride">Elements between rows of the result.</param>
    /// <param name="accumulate">Whether to add to the result.</param>
    /// <param name="ahead">What will be needed next: brought near tile by tile.</param>
    public static void Multiply(
        float* left, float* right, int steps, int rows, int columns, float* result, nint stride, bool accumulate, ref PrefetchStream ahead)
    {
        for (var row = 0; row < rows; row += Tile.Rows)
        {
            ahead.Next();
            var tileRows = Math.Min(Tile.Rows, rows - row);
            var panel = left + (nint)row * steps;
            var target = result + row * stride;
            if (tileRows == Tile.Rows && columns == Tile.Columns)
            {
                Tile.Multiply(panel, right, steps, target, stride, accumulate, tileRows);
            }
            else
            {
                Edge(panel, right, steps, tileRows, columns, target, stride, accumulate);
            }
        }
    }

    // A tile that sticks out of the result is computed aside, and what belongs to the result copied.
    private static void Edge(
        float* left, float* right, int steps, int rows, int columns, float* result, nint stride, bool accumulate)
    {
        var whole = stackalloc float[Tile.LargestArea];
        Tile.Multiply(left, right, steps, whole, Tile.Columns, accumulate: false, rows);
        for (var row = 0; row < rows; row++)
        {
            var source = new ReadOnlySpan<float>(whole + row * Tile.Columns, columns);
            var target = new Span<float>(result + row * stride, columns);
            if (accumulate)
            {
                Elementwise.Add(target, source);
            }
            else
            {
                source.CopyTo(target);
            }
        }
    }
}
