using Husai.Experiments.Configuration;

namespace Husai.Experiments.Tests.Configuration;

public sealed class ConfigurationOverrideTests
{
    private const string Text =
        """
        name: a
        seeds: 3
        stages:
          - beta1: 0.5
          - beta1: 0.6
        """;

    [Fact]
    public void An_override_replaces_or_adds_a_value()
    {
        var options = Parse("seeds=4", "optimiser.learning_rate=0.1", "stages.1.beta1=0.7", "widths=[1, 2, 3]", "note=a=b", "weights.x=2");

        Assert.Equal(4, options.Seeds);
        Assert.Equal(0.1, options.Optimiser.LearningRate);
        Assert.Equal([0.5, 0.7], options.Stages.Select(stage => stage.Beta1));
        Assert.Equal([1, 2, 3], options.Widths);
        Assert.Equal("a=b", options.Note);
        Assert.Equal(2, options.Weights["x"]);
    }

    [Fact]
    public void The_last_of_several_overrides_counts() => Assert.Equal(6, Parse("seeds=5", "seeds=6").Seeds);

    [Fact]
    public void A_key_may_be_added_below_one_without_a_value() =>
        Assert.Equal(
            0.1, ConfigurationReader.Parse<ExampleStudyOptions>("name: a\noptimiser:", "a.yaml", "optimiser.beta1=0.1").Optimiser.Beta1);

    [Theory]
    [InlineData("seeds=0", "'seeds' is '0' where at least 1 and at most 100 is needed")]
    [InlineData("sseeds=1", "unknown key 'sseeds': did you mean 'seeds'?")]
    [InlineData("optimiser.lr=1", "unknown key 'lr': the keys here are learning_rate, beta1")]
    [InlineData("seeds", "write key=value, with dots between the at most 16 levels of the key")]
    [InlineData("=1", "write key=value, with dots between the at most 16 levels of the key")]
    [InlineData("a..b=1", "write key=value, with dots between the at most 16 levels of the key")]
    [InlineData("seeds.x=1", "there is no 'x' in a single value")]
    [InlineData("stages.2.beta1=1", "'2' is no item of a list of 2: they count from 0")]
    [InlineData("stages.beta1=1", "'beta1' is no item of a list of 2: they count from 0")]
    [InlineData("seeds=", "'seeds' has no value")]
    public void A_wrong_override_is_named(string assignment, string expected) =>
        Assert.Equal($"override '{assignment}': {expected}", Assert.Throws<ConfigurationException>(() => Parse(assignment)).Message);

    [Fact]
    public void Broken_yaml_in_an_override_is_named() =>
        Assert.StartsWith(
            "override 'widths=[1': this is not YAML", Assert.Throws<ConfigurationException>(() => Parse("widths=[1")).Message,
            StringComparison.Ordinal);

    private static ExampleStudyOptions Parse(params string[] overrides) =>
        ConfigurationReader.Parse<ExampleStudyOptions>(Text, "a.yaml", overrides);
}
