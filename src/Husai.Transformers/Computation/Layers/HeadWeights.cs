using Husai.Numerics.Matrices;

namespace Husai.Transformers.Computation.Layers;

/// <summary>
/// Per-head matrices [heads, d_model, d_head] laid side by side as [d_model, heads * d_head], so that one product serves all heads, and
/// their gradients laid back.
/// </summary>
internal static class HeadWeights
{
    /// <summary>
    /// Copies <paramref name="perHead"/> into the columns of <paramref name="packed"/> from <paramref name="column"/> on.
    /// </summary>
    public static void Pack(Matrix packed, int column, Matrix perHead)
    {
        var (width, head) = (packed.Rows, perHead.Columns);
        for (var row = 0; row < perHead.Rows; row++)
        {
            perHead.Row(row).CopyTo(packed.Row(row % width).Slice(column + row / width * head, head));
        }
    }

    /// <summary>The inverse of <see cref="Pack"/>.</summary>
    public static void Unpack(Matrix perHead, Matrix packed, int column)
    {
        var (width, head) = (packed.Rows, perHead.Columns);
        for (var row = 0; row < perHead.Rows; row++)
        {
            packed.Row(row % width).Slice(column + row / width * head, head).CopyTo(perHead.Row(row));
        }
    }
}
