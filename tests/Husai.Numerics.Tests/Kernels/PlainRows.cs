namespace Husai.Numerics.Tests.Kernels;

/// <summary>What kernels over rows compute, element by element in plain code.</summary>
internal static class PlainRows
{
    private const int LaneCount = 16;

    /// <summary>Element i goes to lane i mod 16; halves of the lanes are added until one is left.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var lanes = new float[LaneCount];
        for (var i = 0; i < left.Length; i++)
        {
            lanes[i % LaneCount] = MathF.FusedMultiplyAdd(left[i], right[i], lanes[i % LaneCount]);
        }

        for (var half = LaneCount / 2; half > 0; half /= 2)
        {
            for (var lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }

    public static float[] WeightedSum(float[] start, float[] table, int[] offsets, float[] weights)
    {
        var result = (float[])start.Clone();
        for (var column = 0; column < result.Length; column++)
        {
            for (var n = 0; n < offsets.Length; n++)
            {
                result[column] = MathF.FusedMultiplyAdd(weights[n], table[offsets[n] + column], result[column]);
            }
        }

        return result;
    }
}
