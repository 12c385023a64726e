namespace Husai.Numerics.Products;

/// <summary>
/// Right panels that one thread packs for itself, a few at a time, into memory that stays in its second-level cache. What it will pack next
/// arrives from memory while the last ones are at work.
/// </summary>
internal unsafe struct OwnPanels
{
    private const int Group = 4;

    private readonly Operand _operand;
    private readonly int _firstPanel;
    private readonly int _lastPanel;
    private readonly int _uses;
    private readonly float* _packed;

    /// <param name="operand">The right operand.</param>
    /// <param name="firstPanel">First panel that will be asked for.</param>
    /// <param name="lastPanel">Panel after the last.</param>
    /// <param name="uses">Register tiles that use each panel.</param>
    public OwnPanels(in Operand operand, int firstPanel, int lastPanel, int uses)
    {
        _operand = operand;
        _firstPanel = firstPanel;
        _lastPanel = lastPanel;
        _uses = uses;
        _packed = Scratch.Rent(ScratchSlot.OwnRightPanels, Group * Tile.Columns * MatrixProduct.InnerBlock).Pointer;
    }

    /// <summary>The panel over <paramref name="steps"/> steps from <paramref name="inner"/>; ask for panels in order.</summary>
    public float* Panel(int panel, int inner, int steps, ref PrefetchStream ahead)
    {
        var length = (nint)Tile.Columns * steps;
        var position = (panel - _firstPanel) % Group;
        if (position == 0)
        {
            PanelPacking.Pack(
                _packed, length, Math.Min(Group, _lastPanel - panel), _operand, panel * Tile.Columns, Tile.Columns, inner, steps);
            ahead = panel + Group < _lastPanel ? Source(panel + Group, inner) : Source(_firstPanel, inner + steps);
        }

        return _packed + position * length;
    }

    private PrefetchStream Source(int panel, int inner)
    {
        var steps = Math.Min(MatrixProduct.InnerBlock, _operand.Inner - inner);
        var lines = Math.Min(Math.Min(Group, _lastPanel - panel) * Tile.Columns, _operand.Outer - panel * Tile.Columns);
        var start = _operand.Start + panel * Tile.Columns * _operand.OuterStride + inner * _operand.InnerStride;
        return _operand.OuterStride == 1
            ? new PrefetchStream(start, _operand.InnerStride, steps, lines, Group * _uses)
            : new PrefetchStream(start, _operand.OuterStride, lines, steps, Group * _uses);
    }
}
