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

    /// <summary>The products of one row with four others, each as <see cref="Dot"/> has it.</summary>
    /// <remarks>One row is widened once for all four, and their sums do not wait for one another.</remarks>
    public static void DotFour(double* results, float* left, float* first, float* second, float* third, float* fourth, int length)
    {
        Vector512<double> lower0 = default, lower1 = default, lower2 = default, lower3 = default;
        Vector512<double> upper0 = default, upper1 = default, upper2 = default, upper3 = default;
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var (xLower, xUpper) = Lanes.Widen(Lanes.Load(left + i, length - i));
            var (y0, z0) = Lanes.Widen(Lanes.Load(first + i, length - i));
            var (y1, z1) = Lanes.Widen(Lanes.Load(second + i, length - i));
            var (y2, z2) = Lanes.Widen(Lanes.Load(third + i, length - i));
            var (y3, z3) = Lanes.Widen(Lanes.Load(fourth + i, length - i));
            lower0 = Vector512.FusedMultiplyAdd(xLower, y0, lower0);
            upper0 = Vector512.FusedMultiplyAdd(xUpper, z0, upper0);
            lower1 = Vector512.FusedMultiplyAdd(xLower, y1, lower1);
            upper1 = Vector512.FusedMultiplyAdd(xUpper, z1, upper1);
            lower2 = Vector512.FusedMultiplyAdd(xLower, y2, lower2);
            upper2 = Vector512.FusedMultiplyAdd(xUpper, z2, upper2);
            lower3 = Vector512.FusedMultiplyAdd(xLower, y3, lower3);
            upper3 = Vector512.FusedMultiplyAdd(xUpper, z3, upper3);
        }

        results[0] = Lanes.Sum(lower0, upper0);
        results[1] = Lanes.Sum(lower1, upper1);
        results[2] = Lanes.Sum(lower2, upper2);
        results[3] = Lanes.Sum(lower3, upper3);
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
