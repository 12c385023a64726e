using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using Husai.Worlds.Construction;
using Husai.Worlds.Model;
using Husai.Worlds.Options;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Sampling;

public sealed class TreeDescentTests
{
    [Theory]
    [InlineData("gate_a", 0, true)]
    [InlineData("gate_b", 1, false)]
    public void Given_magnitudes_are_gated_as_the_published_code_does(string name, int number, bool scales)
    {
        var parents = GoldenWorlds.Expected["gate"]![number]!["parents"]!.AsArray().Select(parent => (int)parent!).ToArray();
        var trees = new FeatureTrees(parents, new bool[parents.Length]);
        var means = MagnitudeParameters.Create(
            new MagnitudeOptions { Law = MagnitudeLaw.Linear, Start = 5, End = 4 }, parents.Length, new RandomStream(0, "means"));
        var world = new World(
            new Matrix(parents.Length, 1), [0], new float[parents.Length], means, new float[parents.Length], trees: trees,
            scalesByParent: scales);
        var (given, expected) = (GoldenWorlds.Matrix(name + "_in"), GoldenWorlds.Matrix(name + "_out"));
        for (var row = 0; row < given.Rows; row++)
        {
            var gated = Gate(world, given.Row(row).ToArray(), new uint[parents.Length]);
            for (var feature = 0; feature < parents.Length; feature++)
            {
                Assert.InRange(gated[feature] - expected[row, feature], -1e-6f, 1e-6f);
            }
        }
    }

    [Fact]
    public void Of_exclusive_children_that_fire_the_one_of_highest_priority_survives()
    {
        var trees = new FeatureTrees([-1, 0, 0, 0, 1], [true, false, false, false, false]);
        var world = new World(new Matrix(5, 1), [0], new float[5], [1, 1, 1, 1, 1], new float[5], trees: trees);

        Assert.Equal([1f, 2, 0, 0, 5], Gate(world, [1, 2, 3, 0, 5], [0, 7, 6, 9, 0]));
        Assert.Equal([1f, 0, 3, 0, 0], Gate(world, [1, 2, 3, 0, 5], [0, 6, 7, 9, 0]));
        Assert.Equal([1f, 2, 0, 0, 5], Gate(world, [1, 2, 3, 0, 5], [0, 7, 7, 9, 0]));
        Assert.Equal([0f, 0, 0, 0, 0], Gate(world, [0, 2, 3, 0, 5], [0, 7, 6, 9, 0]));
    }

    private static float[] Gate(World world, float[] values, uint[] priorities)
    {
        var sample = new SparseSample();
        foreach (var feature in world.Trees.WithoutParent.Where(feature => values[feature] > 0))
        {
            sample.Add(feature, values[feature]);
        }

        new TreeDescent(world).Descend(new GivenDraws(values, priorities), sample);
        var gated = new float[values.Length];
        for (var n = 0; n < sample.Count; n++)
        {
            gated[sample.Features[n]] = sample.Magnitudes[n];
        }

        return gated;
    }

    private sealed class GivenDraws(float[] values, uint[] given) : IFeatureDraws
    {
        public void Draw(ReadOnlySpan<int> features, Span<float> magnitudes, Span<uint> priorities)
        {
            for (var n = 0; n < features.Length; n++)
            {
                magnitudes[n] = Math.Max(0, values[features[n]]);
                priorities[n] = given[features[n]];
            }
        }
    }
}
