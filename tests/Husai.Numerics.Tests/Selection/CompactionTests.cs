using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Randomness;
using Husai.Numerics.Selection;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Selection;

[RunsOnEveryTier]
public sealed unsafe class CompactionTests
{
    [Theory]
    [InlineData(-10f)]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(10f)]
    public void Values_that_reach_the_bound_are_kept_in_order_at_every_length(float bound)
    {
        for (var length = 0; length <= 130; length++)
        {
            var row = new float[length];
            new RandomStream(7, "compaction", (uint)length).FillNormal(row);
            for (var n = 0; n < length; n += 9)
            {
                row[n] = n % 2 == 0 ? bound : float.NaN;
            }

            var kept = Enumerable.Range(0, length).Where(n => row[n] >= bound).ToArray();
            var (indices, values) = (new int[length + Lanes.Count], new float[length + Lanes.Count]);
            int found;
            fixed (float* source = row, to = values)
            fixed (int* numbers = indices)
            {
                found = Compaction.AtLeast(source, length, bound, 100, numbers, to);
            }

            Assert.Equal(kept.Length, found);
            Assert.Equal(kept.Select(n => n + 100), indices[..found]);
            Assert.Equal(kept.Select(n => row[n]), values[..found]);
        }
    }

    [Fact]
    public void Kept_values_move_to_the_front_in_place_at_every_length()
    {
        for (var length = 0; length <= 130; length++)
        {
            var row = new float[length];
            new RandomStream(7, "compaction in place", (uint)length).FillNormal(row);
            var kept = Enumerable.Range(0, length).Where(n => row[n] >= 0.5f).ToArray();
            var values = new float[Lanes.Padded(length)];
            var indices = Enumerable.Range(0, values.Length).ToArray();
            row.CopyTo(values, 0);
            int found;
            fixed (float* inPlace = values)
            fixed (int* numbers = indices)
            {
                found = Compaction.AtLeast(numbers, inPlace, length, 0.5f);
            }

            Assert.Equal(kept, indices[..found]);
            Assert.Equal(kept.Select(n => row[n]), values[..found]);
        }
    }
}
