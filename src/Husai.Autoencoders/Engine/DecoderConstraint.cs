using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Autoencoders.Engine;

/// <summary>Decoder rows of length 1, so that a latent's value means the same for all (Bricken et al. 2023).</summary>
internal static unsafe class DecoderConstraint
{
    /// <summary>Scales a row to length 1; a row of zeros stays.</summary>
    public static void Normalise(float* row, int vectors)
    {
        var squares = RowKernels.Dot(row, row, vectors * Lanes.Count);
        if (squares > 0)
        {
            RowKernels.Scale(row, (float)(1 / Math.Sqrt(squares)), vectors);
        }
    }
}
