using Husai.Worlds.Construction;
using Husai.Worlds.Expectations;

namespace Husai.Worlds.Tests.Expectations;

public sealed class ExactRatesTests
{
    [Fact]
    public void The_rates_of_the_published_world_sum_to_those_of_its_specification()
    {
        var world = WorldBuilder.Build(GoldenWorlds.Published());

        var rates = ExactRates.Find(world, rectifies: false);

        double[] byDepth = [8.2020, 7.3242, 7.3229, 7.1288];
        for (var depth = 0; depth < byDepth.Length; depth++)
        {
            var sum = Enumerable.Range(0, 10_880).Where(feature => world.Trees.Depths[feature] == depth).Sum(feature => rates[feature]);
            Assert.Equal(byDepth[depth], sum, 4);
        }

        Assert.Equal(4.5175, rates[10_880..].Sum(), 4);
        Assert.Equal(34.4953, rates.Sum(), 4);
        Assert.Equal(25.1678, rates[..4096].Sum(), 4);

        // Rectification takes .013 off with deviations of that law, give or take what 16384 draws of them do.
        Assert.InRange(rates.Sum() - ExactRates.Find(world).Sum(), 0.0, 0.04);
    }

    [Fact]
    public void World_d_has_its_rate() => Assert.Equal(5.5823, ExactRates.Find(GoldenWorlds.D(), rectifies: false).Sum(), 4);

    [Fact]
    public void Exclusive_siblings_share()
    {
        var trees = new Husai.Worlds.Model.FeatureTrees([-1, 0, 0], [true, false, false]);
        var world = new Husai.Worlds.Model.World(
            Husai.Numerics.Matrices.Matrix.From(3, 1, [1, 1, 1]), [0], [0.5f, 1, 0.5f], [1, 1, 0], [0, 0, 1], trees: trees);

        // The second child fires with 1/2 x 1/2 on its own; the first always, and survives beside it with 1/2.
        Assert.Equal([0.5, 0.5 * (0.75 + 0.25 / 2), 0.5 * 0.25 / 2], ExactRates.Find(world));
    }
}
