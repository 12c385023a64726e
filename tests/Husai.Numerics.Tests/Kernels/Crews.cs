using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Tests.Kernels;

/// <summary>Runs a computation with crews of several sizes.</summary>
internal static class Crews
{
    /// <summary>Fails unless the computation gives the same bits with 1, 2 and 3 threads.</summary>
    public static void AssertSameBits(Func<Workers, Matrix> compute)
    {
        var expected = Bits(compute(Workers.Alone));
        foreach (var threads in new[] { 2, 3 })
        {
            using var workers = new Workers(threads);
            Assert.Equal(expected, Bits(compute(workers)));
        }
    }

    private static byte[] Bits(Matrix matrix) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(matrix.AsSpan()).ToArray();
}
