using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Randomness;
using Husai.Numerics.Selection;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Selection;

[RunsOnEveryTier]
public sealed class LargestValueTests
{
    // Values that lie evenly, that are all but equal, that differ by forty powers of ten, and that tie;
    // the first look where the threshold is, below all, above all, anywhere.
    [Theory]
    [InlineData("normal")]
    [InlineData("close")]
    [InlineData("far")]
    [InlineData("tied")]
    [InlineData("infinite")]
    public unsafe void Exactly_as_many_as_wanted_reach_the_threshold_but_for_ties(string kind)
    {
        const int Count = 75;
        var padded = new float[Lanes.Padded(Count)];
        var values = padded.AsSpan(0, Count);
        new RandomStream(5, kind).FillNormal(values);
        for (var n = 0; n < Count; n++)
        {
            var value = Math.Abs(values[n]) + 1e-3f;
            values[n] = kind switch
            {
                "close" => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(1) + n),
                "far" => MathF.Pow(10, 20 * (value - 1)),
                "tied" => MathF.Ceiling(3 * value),
                "infinite" => n % 9 == 0 ? float.PositiveInfinity : value,
                _ => value,
            };
        }

        var sorted = values.ToArray().OrderDescending().ToArray();
        var smallest = BitConverter.SingleToInt32Bits(sorted[^1]);
        fixed (float* pointer = padded)
        {
            for (var rank = 1; rank < Count; rank++)
            {
                var (wanted, middle) = (
                    BitConverter.SingleToInt32Bits(sorted[rank - 1]), BitConverter.SingleToInt32Bits(sorted[Count / 2]));
                foreach (var guess in new[] { 0, 1, int.MaxValue, wanted, middle })
                {
                    var bits = LargestValue.Part(pointer, padded.Length / Lanes.Count, rank, smallest, Count, guess, out var reached);
                    var threshold = BitConverter.Int32BitsToSingle(bits);
                    var ties = sorted[rank - 1] == sorted[rank];
                    Assert.Equal(ties ? sorted.Count(value => value >= sorted[rank]) : rank, reached);
                    Assert.Equal(reached, sorted.Count(value => value >= threshold));
                    Assert.True(!ties || threshold == sorted[rank]);
                }

                var below = LargestValue.Below(pointer, padded.Length / Lanes.Count, rank, 13);
                Assert.InRange(below, 0, BitConverter.SingleToInt32Bits(sorted[rank - 1]));
                Assert.InRange(below, BitConverter.SingleToInt32Bits(sorted[rank - 1]) - (1 << 18), int.MaxValue);
            }
        }
    }
}
