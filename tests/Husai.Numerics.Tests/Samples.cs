using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.Tests;

/// <summary>Fixed random inputs.</summary>
internal static class Samples
{
    public static Matrix Normal(int rows, int columns, uint index = 0)
    {
        var matrix = new Matrix(rows, columns);
        new RandomStream(7, "tests.normal", index).FillNormal(matrix.AsSpan());
        return matrix;
    }

    /// <summary>A view with a gap after each row and before the first.</summary>
    public static Matrix NormalView(int rows, int columns, uint index = 0) =>
        Normal(rows + 2, columns + 5, index).Slice(1, rows, 3, columns);
}
