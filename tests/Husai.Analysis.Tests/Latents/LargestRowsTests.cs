using Husai.Analysis.Latents;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Latents;

public sealed class LargestRowsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(30)]
    public void They_are_those_of_a_plain_sort_in_any_order(int most)
    {
        var random = new RandomStream(7, "test.largest");
        for (var repetition = 0u; repetition < 60; repetition++)
        {
            // Few values and documents: many rows are equally large, and many documents come again.
            var rows = Enumerable.Range(0, 40).Select(row => (
                Row: new FiringRow(row, 1 + random.NextInt32(6) / 4f), Document: (long)random.NextInt32(12))).ToArray();
            var due = rows.GroupBy(one => one.Document)
                .Select(document => document.Select(one => one.Row).OrderByDescending(row => row.Activation).ThenBy(row => row.Row).First())
                .OrderByDescending(row => row.Activation).ThenBy(row => row.Row).Take(most);

            var largest = new LargestRows(3, most);
            foreach (var index in new RandomStream(repetition, "test.order").Sample(rows.Length, rows.Length))
            {
                largest.Add(1, rows[index].Row, rows[index].Document);
            }

            Assert.Equal(due, largest.Of(1));
            Assert.Empty(largest.Of(2));
        }
    }
}
