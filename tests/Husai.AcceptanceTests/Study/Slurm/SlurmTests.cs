using System.Text.Json;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study.Slurm;

/// <summary>Studies on a real slurmctld and slurmd.</summary>
public sealed class SlurmTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>, IDisposable
{
    private const string JobName = "husai-tiny-1";
    private readonly TinyStudy _study = new();

    public void Dispose() => _study.Dispose();

    [SlurmFact]
    public void A_study_whose_tasks_are_told_to_stop_finishes_by_itself_to_the_bits_of_a_local_run()
    {
        // Transformers of some seconds, long enough to be met; and as few writes to the disk as that allows.
        _study.Replace("- name: small", "- name: small\n    seeds: [0, 1]");
        _study.Replace(
            "epochs: 200, clean_up_epochs: 20, train_fraction: 0.8, checkpoint_every: 50",
            "epochs: 3000, clean_up_epochs: 2500, train_fraction: 0.8, checkpoint_every: 250");
        _study.Replace("checkpoint_every: 50}", "checkpoint_every: 1000}");
        _study.Replace("dynamics: true, ", "");
        Assert.Equal(ExitCode.Success, HusaiProcess.Run(_study.Arguments("local")).ExitCode);
        cluster.Start();

        // Both transformers in one task, SAEs in several; arrays have at most 2 elements here.
        Submit("cluster", "--task-minutes", "0.03");
        MeetRunning(0, task => cluster.Run("scancel", "--batch", "--signal=USR1", task));
        MeetRunning(1, task => cluster.Run("scontrol", "requeue", task));
        cluster.WaitUntil(() => cluster.LiveTasks(JobName) == 0, TimeSpan.FromMinutes(3));

        var status = HusaiProcess.RunWith(cluster.Environment, "study", "status", _study.Folder("cluster"), "--json");
        Assert.True(status.ExitCode == ExitCode.Success, status.Output + status.Error);
        using (var document = JsonDocument.Parse(status.Output))
        {
            Assert.Equal(document.RootElement.GetProperty("jobs").GetInt32(), document.RootElement.GetProperty("done").GetInt32());
            Assert.True(document.RootElement.GetProperty("has_report").GetBoolean());
        }

        SameBits.Assert(_study.Folder("local"), _study.Folder("cluster"));
        var again = Submit("cluster");
        Assert.Contains("all is done", again.Output, StringComparison.Ordinal);
    }

    [SlurmFact]
    public void What_Slurm_refuses_is_said_with_its_command_and_the_study_continues()
    {
        cluster.Start();
        var refused = Try("refused", "--partition", "nowhere");
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("'sbatch --parsable ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("invalid partition specified: nowhere", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        cluster.StopController();
        try
        {
            var away = Try("refused");
            Assert.Equal(ExitCode.BadInput, away.ExitCode);
            Assert.Contains("' failed: ", away.Error, StringComparison.Ordinal);
            Assert.Contains("Unable to contact slurm controller", away.Error, StringComparison.Ordinal);
            var status = HusaiProcess.RunWith(cluster.Environment, "study", "status", _study.Folder("refused"));
            Assert.Contains("the cluster could not be asked: 'squeue ", status.Output, StringComparison.Ordinal);
        }
        finally
        {
            cluster.StartController();
        }

        var submitted = Submit("refused", "--sbatch", "--hold");
        Assert.Contains("stage 1: 1 tasks", submitted.Output, StringComparison.Ordinal);
        var twice = Try("refused");
        Assert.Equal(ExitCode.BadInput, twice.ExitCode);
        Assert.Contains("tasks of its last submission that wait or run", twice.Error, StringComparison.Ordinal);

        var cancelled = HusaiProcess.RunWith(cluster.Environment, "study", "cancel", _study.Folder("refused"));
        Assert.True(cancelled.ExitCode == ExitCode.Success, cancelled.Error);
        Assert.Contains(" tasks cancelled", cancelled.Output, StringComparison.Ordinal);
        cluster.WaitUntil(() => cluster.LiveTasks("husai-tiny-2") + cluster.LiveTasks("husai-tiny-3") == 0);
    }

    private HusaiResult Submit(string name, params string[] more)
    {
        var result = Try(name, more);
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        return result;
    }

    private HusaiResult Try(string name, params string[] more) => HusaiProcess.RunWith(
        cluster.Environment, ["study", "submit", _study.Configuration, "--output", _study.Folder(name), .. more]);

    // In the midst of a training, when its first state is there.
    private void MeetRunning(int seed, Action<string> act)
    {
        var folder = Path.Combine(_study.Folder("cluster"), "transformers", "small", $"seed_{seed}");
        cluster.WaitUntil(() => File.Exists(Path.Combine(folder, "resume.safetensors")) || HasResult(folder));
        Assert.False(HasResult(folder), "the training was over before it was told to stop");
        act(Assert.Single(cluster.RunningTasks(JobName)));
    }

    private static bool HasResult(string folder) => File.Exists(Path.Combine(folder, "result.json"));
}
