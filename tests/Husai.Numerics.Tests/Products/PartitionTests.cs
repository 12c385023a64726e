using Husai.Numerics.Products;

namespace Husai.Numerics.Tests.Products;

public class PartitionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Blocks_cover_every_row_and_panel_once(int threads)
    {
        foreach (var rows in new[] { 1, 12, 47, 128, 256, 384, 385, 1000, 4096 })
        {
            foreach (var panels in new[] { 1, 2, 3, 4, 9, 32, 33 })
            {
                CoversOnce(Partition.ByColumns(rows, panels, threads), rows, panels);
                CoversOnce(Partition.ByRows(rows, panels, threads), rows, panels);
            }
        }
    }

    private static void CoversOnce(Partition partition, int rows, int panels)
    {
        var seen = new int[rows, panels];
        for (var block = 0; block < partition.Count; block++)
        {
            var (row, count, firstPanel, lastPanel) = partition[block];
            for (var index = row; index < row + count; index++)
            {
                for (var panel = firstPanel; panel < lastPanel; panel++)
                {
                    seen[index, panel]++;
                }
            }
        }

        Assert.All(seen.Cast<int>(), times => Assert.Equal(1, times));
    }
}
