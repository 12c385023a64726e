using Husai.Numerics.Randomness;
using Husai.Worlds.Construction;
using Husai.Worlds.Options;

namespace Husai.Worlds.Tests.Construction;

public sealed class TreeGrowthTests
{
    [Fact]
    public void The_trees_of_world_d_come_out()
    {
        var trees = TreeGrowth.Create(GoldenWorlds.Small('D').Trees, 256, new RandomStream(1, "trees"));

        Assert.Equal(GoldenWorlds.D().Trees.Parents, trees.Parents);
        for (var feature = 0; feature < 256; feature++)
        {
            Assert.Equal(GoldenWorlds.D().Trees.HasExclusiveChildren(feature), trees.HasExclusiveChildren(feature));
        }
    }

    [Fact]
    public void Numbers_of_children_vary_within_their_range_and_growth_ends_with_the_features()
    {
        var options = new TreeOptions
        {
            Roots = 10,
            Children = 2,
            MostChildren = 5,
            MaxDepth = 9,
            ExclusiveShare = 0.5,
            ExclusiveFromDepth = 1,
            ExclusiveToDepth = 1,
        };

        var trees = TreeGrowth.Create(options, 300, new RandomStream(1, "trees"));

        var counts = Enumerable.Range(0, 300).Select(feature => trees.ChildrenOf(feature).Length).Where(count => count > 0).ToArray();
        Assert.Equal([2, 3, 4, 5], counts[..^1].Distinct().Order());
        Assert.Equal(290, counts.Sum());
        var eligible = Enumerable.Range(0, 300).Where(feature => trees.Depths[feature] == 1 && trees.ChildrenOf(feature).Length > 1)
            .ToArray();
        var exclusive = Enumerable.Range(0, 300).Where(trees.HasExclusiveChildren).ToArray();
        Assert.Equal(eligible.Length / 2, exclusive.Length);
        Assert.Empty(exclusive.Except(eligible));
    }
}
