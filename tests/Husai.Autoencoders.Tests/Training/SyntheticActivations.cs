using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Training;

/// <summary>Rows that are sparse sums of a few directions, with a mean that is not zero.</summary>
internal static class SyntheticActivations
{
    public static Matrix Create(int rows, int width = 16, int directions = 24, int active = 2)
    {
        var random = new RandomStream(3, "synthetic");
        var dictionary = new Matrix(directions, width);
        random.FillNormal(dictionary.AsSpan());
        var result = new Matrix(rows, width);
        random.FillNormal(result.AsSpan(), mean: 0.5f, deviation: 0.05f);
        for (var row = 0; row < rows; row++)
        {
            for (var n = 0; n < active; n++)
            {
                Elementwise.MultiplyAdd(result.Row(row), dictionary.Row(random.NextInt32(directions)), 0.5f + random.NextSingle());
            }
        }

        return result;
    }
}
