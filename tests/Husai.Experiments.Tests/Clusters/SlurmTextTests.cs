using Husai.Experiments.Clusters;
using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Clusters.Launchers.Slurm;
using Husai.Experiments.Configuration;

namespace Husai.Experiments.Tests.Clusters;

public sealed class SlurmTextTests
{
    private static readonly Submission Submission = new()
    {
        Launcher = LauncherName.Slurm,
        Study = "test",
        Number = 2,
        Submitted = default,
        Launches = [new Launch("17", 1, 0, 3), new Launch("20", 2, 3, 2)],
    };

    [Fact]
    public void The_script_asks_for_what_the_options_say()
    {
        var options = new ClusterOptions
        {
            Cpus = 4,
            Partition = "cpu",
            Account = "my group",
            Time = "1-02:00:00",
            Mem = "4G",
            ArrayLimit = 7,
            Sbatch = ["--exclude=node7"],
            Setup = ["module load dotnet"],
        };
        var script = Script(options, "/a b/100%/logs");
        string[] lines = script.Split('\n');
        Assert.Equal("#!/bin/bash", lines[0]);
        Assert.All(
            [
                "#SBATCH --job-name=husai-test-2", "#SBATCH --array=0-2%7", "#SBATCH --output=\"/a b/100%%/logs/%A_%a.log\"",
                "#SBATCH --open-mode=append", "#SBATCH --requeue", "#SBATCH --signal=B:USR1@90", "#SBATCH --cpus-per-task=4",
                "#SBATCH --time=1-02:00:00", "#SBATCH --mem=4G", "#SBATCH --partition=cpu", "#SBATCH --account=\"my group\"",
                "#SBATCH --exclude=node7", "module load dotnet",
                "husai study work '/a b/plan.json' --task $((5 + SLURM_ARRAY_TASK_ID)) --threads 4 &",
            ],
            line => Assert.Contains(line, lines));
        Assert.DoesNotContain("--qos", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, "120")]
    [InlineData(0.1, "15")]
    public void The_time_limit_leaves_room_above_the_estimate(double minutes, string limit) => Assert.Contains(
        $"#SBATCH --time={limit}\n", Script(new ClusterOptions { TaskMinutes = minutes }, "/logs"), StringComparison.Ordinal);

    [Theory]
    [InlineData("sbatch: [exclude=node7]", "is no option of sbatch")]
    [InlineData("sbatch: [\"--a\\n#SBATCH --uid=0\"]", "is no option of sbatch")]
    [InlineData("partition: \"a\\nb\"", "control characters")]
    [InlineData("setup: [\"a\\nb\"]", "not one line")]
    [InlineData("launcher: sge", "'launcher'")]
    [InlineData("time: soon", "'time'")]
    [InlineData("cpus: 0", "'cpus'")]
    [InlineData("task_minutes: 0", "'task_minutes'")]
    public void Options_that_cannot_be_written_are_refused(string text, string problem) => Assert.Contains(
        problem, Assert.Throws<ConfigurationException>(() => ConfigurationReader.Parse<ClusterOptions>(text, "c.yaml")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void States_are_read_for_the_tasks_of_the_submission_and_the_first_word_counts()
    {
        var states = new SortedDictionary<int, TaskState>();
        SlurmStates.Add(
            states, Submission,
            "17|0|COMPLETED|None\n17|1|FAILED|NonZeroExitCode\n20|1|PENDING|Dependency\n99|0|RUNNING|None\n17|9|RUNNING|\nx\n\n");
        SlurmStates.Add(states, Submission, "17|1|COMPLETED\n17|2|CANCELLED\n");
        Assert.Equal([0, 1, 2, 4], states.Keys);
        Assert.Equal(
            [TaskPhase.Ended, TaskPhase.Failed, TaskPhase.Failed, TaskPhase.Waiting], states.Values.Select(state => state.Phase));
        Assert.Equal(("NonZeroExitCode", "17_1.log"), (states[1].Reason, states[1].LogName));
        Assert.Equal("", states[0].Reason);
    }

    [Theory]
    [InlineData("0:40", true)]
    [InlineData("2:29", true)]
    [InlineData("2:31", false)]
    [InlineData("1:00:00", false)]
    [InlineData("1-00:00:10", false)]
    [InlineData("UNLIMITED", false)]
    [InlineData("INVALID", false)]
    public void The_time_limit_is_near_when_little_is_left(string left, bool isShort) => Assert.Equal(isShort, SlurmTask.IsShort(left));

    [Theory]
    [InlineData("/a/b-1.json", "/a/b-1.json")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$(x)", "'$(x)'")]
    [InlineData("", "''")]
    public void Text_is_one_argument_of_a_shell(string text, string quoted) => Assert.Equal(quoted, ShellText.Quote(text));

    private static string Script(ClusterOptions options, string logs) => SlurmScript.Of(
        Submission.JobName, logs, options, new TaskCommand("husai", "/a b/plan.json", options.Cpus), new TaskRange(2, 3, 1, 5, 3));
}
