using Husai.Analysis.Worlds;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Worlds;

public sealed class LargestOfBatchTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_kept_is_what_a_sort_puts_first(bool tied)
    {
        var codes = new Matrix(13, 37);
        new RandomStream(3, "codes").FillNormal(codes.AsSpan());
        foreach (ref var value in codes.AsSpan())
        {
            value = Math.Max(tied ? MathF.Ceiling(2 * value) : value, 0);
        }

        var positive = codes.AsSpan().ToArray().Count(value => value > 0);
        foreach (var wanted in (int[])[1, 7, 60, positive - 1, positive, positive + 5])
        {
            var expected = codes.AsSpan().ToArray();
            foreach (var n in Enumerable.Range(0, expected.Length).OrderByDescending(n => codes.AsSpan()[n]).Skip(wanted))
            {
                expected[n] = 0;
            }

            var kept = codes.Clone();
            LargestOfBatch.Keep(kept, wanted);

            Assert.Equal(expected, kept.AsSpan().ToArray());
        }
    }
}
