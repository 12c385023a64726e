using Husai.Autoencoders.Engine;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Engine;

public sealed class TopKListTests
{
    [Theory]
    [InlineData(1024, 32, int.MaxValue)]
    [InlineData(1024, 4, int.MaxValue)]
    [InlineData(1000, 300, int.MaxValue)]
    [InlineData(130, 1, int.MaxValue)]
    [InlineData(17, 17, int.MaxValue)]
    [InlineData(5, 3, int.MaxValue)]
    [InlineData(3000, 32, 512)]
    [InlineData(3000, 700, 500)]
    public void Keeps_the_largest_positive_values_in_order_of_index(int columns, int k, int part)
    {
        for (uint trial = 0; trial < 40; trial++)
        {
            var row = new float[columns];
            new RandomStream(5, "row", trial).FillNormal(row, mean: trial % 3 - 1);

            AssertSelected(row, k, part);
        }
    }

    [Theory]
    [InlineData(200, 30, int.MaxValue)]
    [InlineData(1024, 32, int.MaxValue)]
    [InlineData(2000, 64, 256)]
    public void Top_k_takes_the_lower_index_on_ties(int columns, int k, int part)
    {
        for (uint trial = 0; trial < 40; trial++)
        {
            // Few different values, zeros and negative ones among them.
            var random = new RandomStream(6, "ties", trial);
            var row = Enumerable.Range(0, columns).Select(_ => (float)(random.NextInt32(5) - 2)).ToArray();

            AssertSelected(row, k, part);
        }
    }

    private static unsafe void AssertSelected(float[] row, int k, int part)
    {
        var indices = new int[k + row.Length + 32];
        var values = new float[k + row.Length + 32];
        fixed (int* indexMemory = indices)
        fixed (float* valueMemory = values, memory = row)
        {
            var list = new TopKList(indexMemory, valueMemory, k);
            for (var start = 0; start < row.Length; start += Math.Min(part, row.Length))
            {
                list.Add(memory + start, Math.Min(part, row.Length - start), start);
            }

            var expected = Enumerable.Range(0, row.Length).Where(index => row[index] > 0)
                .OrderByDescending(index => row[index]).ThenBy(index => index).Take(k).Order().ToArray();
            Assert.Equal(expected, indices[..list.Count]);
            Assert.Equal(expected.Select(index => row[index]), values[..list.Count]);
        }
    }
}
