using Husai.Autoencoders.Options;
using Husai.Experiments.Configuration;

namespace Husai.Experiments.Tests.Configuration;

public sealed class TrackerKeyTests
{
    [Theory]
    [InlineData("k: 7", "")]
    [InlineData("k: 7\ntracker: wandb", "wandb")]
    [InlineData("k: 7\ntracker: [wandb, tensorboard]", "wandb tensorboard")]
    public void The_key_is_read_beside_the_options(string text, string trackers)
    {
        var read = ConfigurationReader.ParseTracked<SaeOptions>(text, "test.yaml");

        Assert.Equal(7, read.Options.K);
        Assert.Equal(trackers, string.Join(' ', read.Trackers));
    }

    [Fact]
    public void An_override_names_trackers_too() =>
        Assert.Equal(
            ["tensorboard"], ConfigurationReader.ParseTracked<SaeOptions>("{}", "test.yaml", "tracker=tensorboard").Trackers);

    [Fact]
    public void Unknown_trackers_and_other_errors_are_told_together()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => ConfigurationReader.ParseTracked<SaeOptions>("tracker: mlflow\nkk: 3", "test.yaml"));

        Assert.Equal([1, 2], error.Errors.Select(one => one.Location.Line).Order());
    }
}
