using Husai.Numerics.Randomness;
using Husai.Numerics.Selection;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Selection;

[RunsOnEveryTier]
public class TopKTests
{
    [Fact]
    public void Every_length_and_count_selects_what_sorting_selects()
    {
        for (var length = 0; length <= 130; length++)
        {
            var row = Samples.Normal(1, length, (uint)length).Row(0).ToArray();
            for (var k = 0; k <= length; k += length > 40 ? 7 : 1)
            {
                Check(row, k);
            }

            Check(row, length);
        }
    }

    [Theory]
    [InlineData(1024, 32)]
    [InlineData(1024, 1)]
    [InlineData(1024, 200)]
    [InlineData(1023, 64)]
    [InlineData(24576, 32)]
    [InlineData(5000, 129)]
    public void Long_rows_select_what_sorting_selects(int length, int k)
    {
        for (var index = 0u; index < 20; index++)
        {
            Check(Samples.Normal(1, length, index).Row(0).ToArray(), k);
        }
    }

    [Fact]
    public void Ties_go_to_the_lower_index()
    {
        var random = new RandomStream(3, "tests.ties");
        for (var round = 0; round < 200; round++)
        {
            var row = new float[1 + random.NextInt32(400)];
            for (var index = 0; index < row.Length; index++)
            {
                row[index] = random.NextInt32(4) switch { 0 => 0f, 1 => -0f, 2 => 1f, _ => -1f };
            }

            Check(row, random.NextInt32(row.Length + 1));
        }

        Check(new float[1024], 32);
    }

    [Fact]
    public void Nan_counts_as_smaller_than_every_number()
    {
        var random = new RandomStream(4, "tests.nan");
        for (var round = 0; round < 200; round++)
        {
            var row = new float[1 + random.NextInt32(300)];
            for (var index = 0; index < row.Length; index++)
            {
                row[index] = random.NextInt32(5) switch
                {
                    0 => float.NaN,
                    1 => float.NegativeInfinity,
                    2 => float.PositiveInfinity,
                    _ => (float)random.NextNormal(),
                };
            }

            Check(row, random.NextInt32(row.Length + 1));
        }

        var all = new float[200];
        Array.Fill(all, float.NaN);
        Check(all, 30);
    }

    [Fact]
    public void Wrong_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("k", () => TopK.Select(new float[3], 4, new int[4], new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => TopK.Select(new float[3], -1, [], []));
        Assert.Throws<ArgumentException>("indices", () => TopK.Select(new float[3], 2, new int[3], new float[2]));
        Assert.Throws<ArgumentException>("values", () => TopK.Select(new float[3], 2, new int[2], new float[1]));
    }

    private static void Check(float[] row, int k)
    {
        var indices = new int[k];
        var values = new float[k];
        TopK.Select(row, k, indices, values);
        // A stable sort by value, NaN last, keeps ties in order of index; -0 and 0 compare as equal.
        var expected = Enumerable.Range(0, row.Length)
            .OrderBy(index => float.IsNaN(row[index]) ? 1 : 0)
            .ThenByDescending(
                index => float.IsNaN(row[index]) ? 0f : row[index], Comparer<float>.Create((a, b) => a < b ? -1 : a > b ? 1 : 0))
            .Take(k).Order().ToArray();
        Assert.Equal(expected, indices);
        Bits.Equal(expected.Select(index => row[index]).ToArray(), values);
    }
}
