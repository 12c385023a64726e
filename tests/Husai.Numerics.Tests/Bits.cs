using System.Runtime.InteropServices;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.Tests;

/// <summary>Comparison by bits, with the first difference in the message; every NaN equals every other.</summary>
internal static class Bits
{
    public static void Equal(Matrix expected, Matrix actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        for (var row = 0; row < expected.Rows; row++)
        {
            Equal(expected.Row(row), actual.Row(row), $"row {row}");
        }
    }

    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string where = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        if (MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual)))
        {
            return;
        }

        for (var index = 0; index < expected.Length; index++)
        {
            var same = BitConverter.SingleToInt32Bits(expected[index]) == BitConverter.SingleToInt32Bits(actual[index]);
            Assert.True(
                same || (float.IsNaN(expected[index]) && float.IsNaN(actual[index])),
                $"{where} element {index}: expected {expected[index]:R}, got {actual[index]:R}");
        }
    }
}
