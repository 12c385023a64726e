using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.SelfChecks;

/// <summary>Inputs of <see cref="SelfCheck"/>.</summary>
internal static class CheckInputs
{
    public static Matrix Normal(this RandomStream stream, int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        stream.FillNormal(matrix.AsSpan());
        return matrix;
    }

    public static float[] NormalRow(this RandomStream stream, int length)
    {
        var values = new float[length];
        stream.FillNormal(values);
        return values;
    }
}
