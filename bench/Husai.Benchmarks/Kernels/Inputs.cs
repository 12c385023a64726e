using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Kernels;

/// <summary>Fixed random inputs.</summary>
internal static class Inputs
{
    public static Matrix Normal(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        new RandomStream(1, "bench.kernels").FillNormal(matrix.AsSpan());
        return matrix;
    }
}
