using Husai.Experiments.Configuration;
using Husai.Worlds.Construction;
using Husai.Worlds.Expectations;
using Husai.Worlds.Options;

namespace Husai.Experiments.Tests.Worlds;

/// <summary>The worlds in configs/worlds, read as a command reads them.</summary>
public sealed class WorldPresetTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "configs", "worlds");

    public static TheoryData<string> Presets => [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Every_preset_binds_and_can_be_built(string name)
    {
        var options = ConfigurationReader.Read<WorldOptions>(Path.Combine(Folder, name), "width=8", "dictionary.orthogonalisation_steps=1");

        Assert.Equal(options.Features, WorldBuilder.Build(options).Features);
    }

    [Theory]
    [InlineData("synth_sae_bench_16k_v2.yaml", 34.4953, 4)]
    [InlineData("synth_sae_bench_16k_v1.yaml", 34.4953, 4)]
    [InlineData("small_trees.yaml", 5.5823, 4)]
    [InlineData("small_trees_correlated.yaml", 5.5823, 4)]
    [InlineData("small_independent.yaml", 7.4192, 4)]
    public void A_preset_has_the_exact_rate_of_its_world(string name, double rate, int digits)
    {
        var options = ConfigurationReader.Read<WorldOptions>(Path.Combine(Folder, name), "width=8", "dictionary.orthogonalisation_steps=0");

        Assert.Equal(rate, ExactRates.Find(WorldBuilder.Build(options), rectifies: false).Sum(), digits);
        Assert.Equal(name is "synth_sae_bench_16k_v2.yaml" or "small_trees_correlated.yaml", options.Trees.ScaleByParent);
    }

    [Theory]
    [InlineData("features: 0", "features")]
    [InlineData("rots: 3", "rots")]
    [InlineData("probabilities: {law: zipf}", "law")]
    [InlineData("probabilities: {smallest: 0.5, largest: 0.4}", "smallest")]
    [InlineData("means: {law: exponential, start: 0}", "start")]
    [InlineData("features: 10\ntrees: {roots: 11}", "roots")]
    [InlineData("trees: {children: 4, most_children: 3}", "most_children")]
    [InlineData("trees: {exclusive_from_depth: 2, exclusive_to_depth: 1}", "exclusive_to_depth")]
    [InlineData("deviations: {least: 2, greatest: 1}", "least")]
    public void A_mistake_is_named(string text, string key)
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Parse<WorldOptions>(text, "world.yaml"));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }
}
