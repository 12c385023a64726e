using Husai.Autoencoders.Engine;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Engine;

public sealed class RowSelectionTests
{
    // What one row's largest values reach is a guess for the next: here it is right, far too high, far too low, and of no use.
    [Theory]
    [InlineData(1024, 32)]
    [InlineData(300, 7)]
    [InlineData(40, 30)]
    public unsafe void Top_k_of_a_row_does_not_depend_on_the_row_before(int columns, int k)
    {
        float[] scales = [1, 0.95f, 1e-3f, 1e3f, 0, 1, 1e-38f, 1, 1];
        float[] means = [0, 0, 0, 0, 0, -4, 0, 2, 0];
        var rows = new Matrix(scales.Length, columns);
        for (var row = 0; row < scales.Length; row++)
        {
            var values = rows.Row(row);
            new RandomStream(8, "row", (uint)row).FillNormal(values, mean: means[row]);
            foreach (ref var value in values)
            {
                value *= scales[row];
            }
        }

        var entries = new EntryBlock();
        entries.Clear();
        for (var row = 0; row < scales.Length; row++)
        {
            RowSelection.TopK(Parameter.Address(rows, row), columns, k, entries);
        }

        for (var row = 0; row < scales.Length; row++)
        {
            var values = rows.Row(row).ToArray();
            var expected = Enumerable.Range(0, columns).Where(column => values[column] > 0)
                .OrderByDescending(column => values[column]).ThenBy(column => column).Take(k).Order().ToArray();
            var found = Enumerable.Range(entries.RowStart(row), entries.RowStart(row + 1) - entries.RowStart(row)).ToArray();
            Assert.Equal(expected, found.Select(entry => entries.Latents[entry]));
            Assert.Equal(expected.Select(column => values[column]), found.Select(entry => entries.Values[entry]));
        }
    }
}
