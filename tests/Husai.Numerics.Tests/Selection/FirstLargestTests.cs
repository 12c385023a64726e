using Husai.Numerics.Randomness;
using Husai.Numerics.Selection;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Selection;

[RunsOnEveryTier]
public sealed class FirstLargestTests
{
    [Fact]
    public unsafe void It_is_the_first_of_the_largest_for_every_length()
    {
        var random = new RandomStream(3, "values");
        for (var count = 1; count <= 130; count++)
        {
            var values = new float[count];
            random.FillNormal(values);
            for (var variant = 0; variant < 4; variant++)
            {
                // As they are; with ties; all negative; with numbers that are none.
                float[] row = [.. values.Select((value, n) => variant switch
                {
                    1 => MathF.Ceiling(2 * value),
                    2 => -1 - Math.Abs(value),
                    3 => n % 3 == 1 ? float.NaN : value,
                    _ => value,
                })];
                var largest = row.Where(value => !float.IsNaN(value)).Max();
                fixed (float* start = row)
                {
                    Assert.Equal(Array.IndexOf(row, largest), FirstLargest.IndexOf(start, count));
                }
            }
        }
    }

    [Fact]
    public unsafe void Where_there_is_no_number_it_is_0()
    {
        float[] row = [float.NaN, float.NaN];
        fixed (float* start = row)
        {
            Assert.Equal(0, FirstLargest.IndexOf(start, row.Length));
        }
    }
}
