using System.Runtime.Intrinsics;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>The largest number of a row.</summary>
internal static unsafe class RowMaximum
{
    /// <summary>The largest number, passing over NaN; minus infinity if there is none.</summary>
    public static float Of(float* row, int length)
    {
        var max = Vector512.Create(float.NegativeInfinity);
        for (var i = 0; i < length; i += Lanes.Count)
        {
            max = Lanes.Larger(Lanes.Load(row + i, length - i, float.NegativeInfinity), max);
        }

        return Lanes.Maximum(max);
    }
}
