using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>Sums over rows of a code for each latent, as long as a row.</summary>
internal readonly unsafe struct CodeColumnSums(float* gradients, int* fired, float* first, float* second)
{
    /// <summary>Of the gradients of the pre-activations.</summary>
    public float* Gradients => gradients;

    /// <summary>Rows on which each fires.</summary>
    public int* Fired => fired;

    /// <summary>Of a number that the code's kind gives a meaning.</summary>
    public float* First => first;

    /// <summary>Of another.</summary>
    public float* Second => second;

    /// <summary>Adds 1 where a mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddFiring(Vector512<float> fires, int index, int remaining)
    {
        // A comparison that holds is -1 as an integer.
        if (remaining >= Lanes.Count)
        {
            (Vector512.Load(fired + index) - fires.AsInt32()).Store(fired + index);
            return;
        }

        for (var lane = 0; lane < remaining; lane++)
        {
            fired[index + lane] -= fires.AsInt32().GetElement(lane);
        }
    }
}
