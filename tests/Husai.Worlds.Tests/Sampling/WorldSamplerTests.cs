using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Testing.Tiers;
using Husai.Worlds.Construction;
using Husai.Worlds.Model;
using Husai.Worlds.Options;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Sampling;

[RunsOnEveryTier]
public sealed class WorldSamplerTests
{
    [Theory]
    [InlineData('A')]
    [InlineData('B')]
    [InlineData('C')]
    [InlineData('D')]
    public void A_sample_is_that_of_the_plain_reference(char name)
    {
        var world = WorldBuilder.Build(GoldenWorlds.Small(name) with { Dictionary = new DictionaryOptions() });
        var samples = Sample(world, 40);
        for (var index = 0; index < samples.Length; index++)
        {
            Assert.Equal(PlainSample.Draw(world, 5, index), samples[index]);
        }
    }

    [Fact]
    public void A_world_of_many_parts_is_that_of_the_plain_reference()
    {
        // 2500 features without parent are looked at in three parts.
        var world = WorldBuilder.Build(new WorldOptions
        {
            Features = 2600,
            Width = 3,
            Correlation = new CorrelationOptions { Rank = 17, Scale = 0.15 },
            Trees = new TreeOptions { Roots = 20, Children = 1, MostChildren = 9, MaxDepth = 1, ExclusiveShare = 0.5 },
        });
        var samples = Sample(world, 35);
        for (var index = 0; index < samples.Length; index += 17)
        {
            Assert.Equal(PlainSample.Draw(world, 5, index), samples[index]);
        }
    }

    [Fact]
    public void A_row_has_the_same_bits_alone_in_any_order_and_on_any_threads()
    {
        var sampler = new WorldSampler(GoldenWorlds.D(), 9);
        var indices = Enumerable.Range(0, 100).ToArray();
        var rows = Hidden(sampler, indices, null);
        using var workers = new Workers(3);

        Assert.Equal(rows.AsSpan(), Hidden(sampler, indices, workers).AsSpan());
        var mixed = new[] { 77, 3, int.MaxValue, 3, 50 };
        var again = Hidden(sampler, mixed, workers);
        Assert.Equal(rows.Row(77), again.Row(0));
        Assert.Equal(rows.Row(3), again.Row(1));
        Assert.Equal(again.Row(1), again.Row(3));
        Assert.Equal(rows.Row(50), Hidden(sampler, [50], null).Row(0));
        Assert.False(rows.Row(1).SequenceEqual(rows.Row(2)));
        Assert.False(rows.Row(1).SequenceEqual(Hidden(new WorldSampler(GoldenWorlds.D(), 10), [1], null).Row(0)));
    }

    [Fact]
    public void A_hidden_vector_is_the_sum_of_what_fires()
    {
        var world = GoldenWorlds.D();
        var sampler = new WorldSampler(world, 2);
        int[] indices = [4, 5, 6];
        var hidden = Hidden(sampler, indices, null);
        sampler.Visit(indices, (position, features, magnitudes, _) =>
        {
            for (var column = 0; column < world.Width; column++)
            {
                var sum = (double)world.Bias[column];
                for (var n = 0; n < features.Length; n++)
                {
                    sum += magnitudes[n] * (double)world.Dictionary[features[n], column];
                }

                Assert.InRange(hidden[position, column] - sum, -1e-5, 1e-5);
            }
        });
    }

    [Fact]
    public void A_certain_feature_always_fires_and_an_impossible_one_never()
    {
        var world = new World(Matrix.From(2, 1, [1, 1]), [0], [1, 0], [2, 2], [0, 0]);

        Assert.All(Sample(world, 100), values => Assert.Equal([2f, 0f], values));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        var sampler = new WorldSampler(GoldenWorlds.D(), 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.CopyHidden([-1], new Matrix(1, 48)));
        var shape = Assert.Throws<ArgumentException>(() => sampler.CopyHidden([1, 2], new Matrix(2, 47)));
        Assert.Contains("[2, 48] is needed", shape.Message, StringComparison.Ordinal);
    }

    [SameOnEveryTier]
    internal static string Bits()
    {
        var options = GoldenWorlds.Small('D') with { Features = 300, Width = 37 };
        var world = WorldBuilder.Build(options with { Dictionary = options.Dictionary with { OrthogonalisationSteps = 5 } });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(Hidden(new WorldSampler(world, 3), [.. Enumerable.Range(0, 200)], null).AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static Matrix Hidden(WorldSampler sampler, int[] indices, Workers? workers)
    {
        var hidden = new Matrix(indices.Length, sampler.World.Width);
        sampler.CopyHidden(indices, hidden, workers);
        return hidden;
    }

    private static float[][] Sample(World world, int count)
    {
        var samples = new float[count][];
        new WorldSampler(world, 5).Visit([.. Enumerable.Range(0, count)], (position, features, magnitudes, _) =>
        {
            var values = samples[position] = new float[world.Features];
            for (var n = 0; n < features.Length; n++)
            {
                Assert.Equal(0, values[features[n]]);
                values[features[n]] = magnitudes[n];
            }
        });
        return samples;
    }
}
