using System.Runtime.Intrinsics;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>Sums over one row in double precision: element i goes to lane i mod 16, and the lanes are added in a fixed order.</summary>
internal static unsafe class RowSums
{
    public static double Sum(float* values, int length)
    {
        var lower = Vector512<double>.Zero;
        var upper = Vector512<double>.Zero;
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var (l, u) = Lanes.Widen(Lanes.Load(values + i, length - i));
            lower += l;
            upper += u;
        }

        return Lanes.Sum(lower, upper);
    }

    /// <summary>Products of two floats are exact in double precision, so that a fused addition rounds as a plain one.</summary>
    public static double Dot(float* left, float* right, int length)
    {
        var lower = Vector512<double>.Zero;
        var upper = Vector512<double>.Zero;
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var (xLower, xUpper) = Lanes.Widen(Lanes.Load(left + i, length - i));
            var (yLower, yUpper) = Lanes.Widen(Lanes.Load(right + i, length - i));
            lower = Vector512.FusedMultiplyAdd(xLower, yLower, lower);
            upper = Vector512.FusedMultiplyAdd(xUpper, yUpper, upper);
        }

        return Lanes.Sum(lower, upper);
    }

    /// <summary>Sum of (value - center)^2.</summary>
    public static double SquaredDeviations(float* values, int length, double center)
    {
        var lower = Vector512<double>.Zero;
        var upper = Vector512<double>.Zero;
        var c = Vector512.Create(center);
        for (var i = 0; i < length; i += Lanes.Count)
        {
            // Lanes beyond the row deviate by 0.
            var (l, u) = Lanes.Widen(Lanes.Load(values + i, length - i));
            l -= c;
            u -= c;
            if (length - i < Lanes.Count)
            {
                var (indexLower, indexUpper) = Lanes.Widen(Vector512.ConvertToSingle(Vector512<int>.Indices));
                var end = Vector512.Create((double)(length - i));
                l = Vector512.ConditionalSelect(Vector512.LessThan(indexLower, end), l, Vector512<double>.Zero);
                u = Vector512.ConditionalSelect(Vector512.LessThan(indexUpper, end), u, Vector512<double>.Zero);
            }

            lower = Vector512.FusedMultiplyAdd(l, l, lower);
            upper = Vector512.FusedMultiplyAdd(u, u, upper);
        }

        return Lanes.Sum(lower, upper);
    }
}
