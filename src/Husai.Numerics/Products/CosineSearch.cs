using Husai.Numerics.Matrices;

namespace Husai.Numerics.Products;

/// <summary>The running maxima of one measure, absolute or signed, while the blocks of a product pass by.</summary>
internal sealed class CosineSearch(int leftRows, int rightRows, bool absolute, int threads)
{
    // A block row belongs to one thread; columns are met by all.
    private readonly RunningMaximum _rows = new(leftRows);
    private readonly RunningMaximum?[] _columns = new RunningMaximum?[threads];

    public void Scan(Matrix block, int firstRow, int firstColumn, float[] leftScale, float[] rightScale, int worker)
    {
        var columns = _columns[worker] ??= new RunningMaximum(rightRows);
        CosineBlock.Scan(block, firstRow, firstColumn, leftScale, rightScale, absolute, _rows, columns);
    }

    public CosineMaxima Result()
    {
        // Greatest value, then lowest index: the same whichever thread saw which block.
        var total = new RunningMaximum(rightRows);
        foreach (var part in _columns)
        {
            total.Merge(part);
        }

        return new CosineMaxima(_rows.Values, _rows.Indices, total.Values, total.Indices);
    }
}
