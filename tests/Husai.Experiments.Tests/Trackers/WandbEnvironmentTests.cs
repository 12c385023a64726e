using Husai.Experiments.Trackers;
using Husai.Formats.Wandb;

namespace Husai.Experiments.Tests.Trackers;

public sealed class WandbEnvironmentTests
{
    private static readonly WandbRun Run = new()
    {
        Id = "abcd1234",
        Project = "husai",
        Group = "study",
        JobType = "sae",
        Tags = ["topk"],
    };

    [Fact]
    public void What_is_set_goes_before_the_program_s_choice_and_tags_add_up()
    {
        var variables = new Dictionary<string, string?>
        {
            ["WANDB_PROJECT"] = "p",
            ["WANDB_ENTITY"] = "e",
            ["WANDB_RUN_GROUP"] = "g",
            ["WANDB_JOB_TYPE"] = "j",
            ["WANDB_NOTES"] = "n",
            ["WANDB_TAGS"] = "first, topk,,second",
        };

        var run = WandbEnvironment.Apply(Run, variables.GetValueOrDefault);

        Assert.Equal(("p", "e", "g", "j", "n"), (run.Project, run.Entity, run.Group, run.JobType, run.Notes));
        Assert.Equal(["topk", "first", "second"], run.Tags);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void What_is_not_set_changes_nothing(string? value)
    {
        var run = WandbEnvironment.Apply(Run, _ => value);

        Assert.Equal(("husai", null, "study", "sae", null), (run.Project, run.Entity, run.Group, run.JobType, run.Notes));
        Assert.Equal(["topk"], run.Tags);
    }
}
