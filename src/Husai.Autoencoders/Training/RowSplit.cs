using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training;

/// <summary>Which rows are trained on and which held out: random, and the same for every seed of the training.</summary>
internal sealed class RowSplit
{
    public RowSplit(int rows, double heldOutFraction)
    {
        var order = new RandomStream(0, "sae.split").Permutation(rows);
        var heldOut = HeldOutOf(rows, heldOutFraction);
        HeldOut = order[..heldOut];
        Train = order[heldOut..];

        // Sorted, so that a pass over them reads a file in order.
        Array.Sort(HeldOut);
    }

    public int[] Train { get; }

    /// <summary>Empty if nothing is held out; the metrics are then of the training rows.</summary>
    public int[] HeldOut { get; }

    /// <summary>The rows of the metrics.</summary>
    public int[] Measured => HeldOut.Length > 0 ? HeldOut : Train;

    public static int HeldOutOf(int rows, double heldOutFraction) => Math.Min((int)(rows * heldOutFraction), rows - 1);
}
