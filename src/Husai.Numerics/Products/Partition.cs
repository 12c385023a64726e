namespace Husai.Numerics.Products;

/// <summary>How the result of a product, or a chunk of its columns, is cut into blocks that the workers take one by one.</summary>
/// <remarks>It may depend on the number of threads, since it decides who computes an element and never how.</remarks>
internal readonly struct Partition
{
    /// <summary>Left lines that stay in a second-level cache of 1 MB while all right panels pass: 384 x 256 floats.</summary>
    public const int LeftBlock = 384;

    /// <summary>
    /// Left lines up to which each thread packs right panels for itself; beyond the second-level cache they come from the third in time.
    /// </summary>
    public const int MostRowsOfOwnPanels = 2 * LeftBlock;

    // Below these a block would spend its time on packing.
    private const int ShortestBlock = 48;
    private const int FewestPanels = 2;

    private readonly int _rows;
    private readonly int _panels;
    private readonly int _blockRows;
    private readonly int _groupPanels;
    private readonly int _groups;

    private Partition(int rows, int panels, int rowBlocks, int columnGroups)
    {
        _rows = rows;
        _panels = panels;
        _blockRows = RoundUp(Blocks(rows, rowBlocks), Tile.Rows);
        _groupPanels = Blocks(panels, columnGroups);
        _groups = Blocks(panels, _groupPanels);
        Count = Blocks(rows, _blockRows) * _groups;
    }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>Few rows: groups of columns first, since each packs right panels of its own, all of them once.</summary>
    public static Partition ByColumns(int rows, int panels, int threads)
    {
        var columnGroups = Math.Clamp(threads, 1, Math.Max(1, panels / FewestPanels));
        var rowBlocks = Math.Clamp(Blocks(threads, columnGroups), 1, Blocks(rows, ShortestBlock));
        return new Partition(rows, panels, rowBlocks, columnGroups);
    }

    /// <summary>Many rows: blocks of rows, as many for one thread as for another, that share the packed right panels.</summary>
    public static Partition ByRows(int rows, int panels, int threads)
    {
        var rowBlocks = Math.Min(RoundUp(Blocks(rows, LeftBlock), threads), Blocks(rows, ShortestBlock));
        var columnGroups = Math.Clamp(Blocks(threads, rowBlocks), 1, Math.Max(1, panels / FewestPanels));
        return new Partition(rows, panels, rowBlocks, columnGroups);
    }

    /// <summary>The rows and right panels of a block.</summary>
    public (int Row, int Rows, int FirstPanel, int LastPanel) this[int block]
    {
        get
        {
            var row = block / _groups * _blockRows;
            var panel = block % _groups * _groupPanels;
            return (row, Math.Min(_blockRows, _rows - row), panel, Math.Min(panel + _groupPanels, _panels));
        }
    }

    public static int Blocks(int length, int block) => (length + block - 1) / block;

    public static int RoundUp(int value, int unit) => Blocks(value, unit) * unit;
}
