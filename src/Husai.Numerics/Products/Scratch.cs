using Husai.Numerics.Matrices;

namespace Husai.Numerics.Products;

/// <summary>Working memory that a thread keeps between calls, so that a step of training allocates nothing.</summary>
internal static class Scratch
{
    [ThreadStatic]
    private static Matrix?[]? _slots;

    /// <summary>
    /// At least <paramref name="length"/> floats of the calling thread, their contents undefined, until the next call for the same slot.
    /// </summary>
    public static Matrix Rent(ScratchSlot slot, long length)
    {
        _slots ??= new Matrix?[Enum.GetValues<ScratchSlot>().Length];
        ref var held = ref _slots[(int)slot];
        if (held is null || held.Columns < length)
        {
            held = new Matrix(1, checked((int)length));
        }

        return held;
    }
}

/// <summary>What a piece of working memory is for: two uses at a time need two slots.</summary>
internal enum ScratchSlot
{
    LeftPanels,
    RowBlockPanels,
    RightPanels,
    OwnRightPanels,
    ResultBlock,
    CosineBlock,
}
