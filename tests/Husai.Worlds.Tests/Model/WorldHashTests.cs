using Husai.Worlds.Construction;
using Husai.Worlds.Model;
using Husai.Worlds.Options;

namespace Husai.Worlds.Tests.Model;

public sealed class WorldHashTests
{
    [Fact]
    public void Equal_options_have_equal_hashes_and_whatever_changes_a_sample_changes_the_hash()
    {
        var options = GoldenWorlds.Small('D') with { Dictionary = new DictionaryOptions { BiasNorm = 0.5 } };
        WorldOptions[] others =
        [
            options with { Seed = 2 }, options with { Width = 47 }, options with { Means = new MagnitudeOptions { Start = 4 } },
            options with { Deviations = new MagnitudeOptions { Start = 0 } },
            options with { Probabilities = new ProbabilityOptions { Smallest = 0.006 } },
            options with { Correlation = new CorrelationOptions() }, options with { Correlation = new CorrelationOptions { Rank = 5 } },
            options with { Trees = options.Trees with { ScaleByParent = false } },
            options with { Trees = options.Trees with { ExclusiveShare = 0, CompensateProbabilities = false } },
            options with { Dictionary = new DictionaryOptions { BiasNorm = 0.6 } },
        ];

        var hashes = others.Prepend(options).Select(world => WorldHash.Of(WorldBuilder.Build(world))).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.Equal(64, hash.Length));
        Assert.Equal(hashes[0], WorldHash.Of(WorldBuilder.Build(options)));
    }
}
