using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Autoencoders.Engine;

/// <summary>What decoder rows are brought back to after a step.</summary>
internal static unsafe class DecoderConstraint
{
    /// <summary>Lowest cosine of a row to the row that it is held near.</summary>
    public const double LowestCosine = 0.8;

    // The sine at that cosine: the share of a row that is held back which is orthogonal to the other.
    private const double LargestSine = 0.6;

    /// <summary>
    /// Length 1, so that a latent's value means the same for all (Bricken et al. 2023): scales a row to it; a row of zeros stays.
    /// </summary>
    public static void Normalise(float* row, int vectors)
    {
        var squares = RowKernels.Dot(row, row, vectors * Lanes.Count);
        if (squares > 0)
        {
            RowKernels.Scale(row, (float)(1 / Math.Sqrt(squares)), vectors);
        }
    }

    /// <summary>Removes the part of a gradient along a row of length 1.</summary>
    public static void Project(float* gradient, float* row, int vectors) => RemovePart(gradient, row, vectors);

    /// <summary>
    /// Turns a row towards its start, in their plane and keeping its length, until their cosine is <see cref="LowestCosine"/>, where it is
    /// lower: <c>.8 start + .6 u</c>, with u the row's unit part orthogonal to its start (the soft-frozen decoder of Korznikov et al. 2026,
    /// arXiv:2602.14111, as we read it). A row of zeros stays.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="start">A row of length 1.</param>
    /// <param name="vectors">Length of both in vectors.</param>
    public static void HoldNear(float* row, float* start, int vectors)
    {
        var length = Math.Sqrt(RowKernels.Dot(row, row, vectors * Lanes.Count));
        if (RowKernels.Dot(row, start, vectors * Lanes.Count) >= LowestCosine * length)
        {
            return;
        }

        // Twice: of a row that is nearly opposite to its start, the first time leaves hardly more than rounding.
        RemovePart(row, start, vectors);
        RemovePart(row, start, vectors);
        var squares = RowKernels.Dot(row, row, vectors * Lanes.Count);
        if (squares > 0)
        {
            RowKernels.Scale(row, (float)(LargestSine * length / Math.Sqrt(squares)), vectors);
        }

        RowKernels.MultiplyAdd(row, start, (float)((squares > 0 ? LowestCosine : 1) * length), vectors);
    }

    private static void RemovePart(float* row, float* direction, int vectors) =>
        RowKernels.MultiplyAdd(row, direction, -RowKernels.Dot(row, direction, vectors * Lanes.Count), vectors);
}
