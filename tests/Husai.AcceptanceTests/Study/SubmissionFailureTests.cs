using System.Text.Json.Nodes;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study;

/// <summary>What goes wrong between a study, its folder and the cluster.</summary>
public sealed class SubmissionFailureTests : IDisposable
{
    private const string Transformer = "transformers/small/seed_0";

    private readonly TinyStudy _study = new();
    private readonly StandInSlurm _slurm = new();

    public void Dispose()
    {
        _study.Dispose();
        _slurm.Dispose();
    }

    [Fact]
    public void A_launch_that_cannot_be_recorded_is_taken_back()
    {
        // A folder where the record is to be: as on a full disk, the file cannot be written.
        _slurm.Set("sbatch", "mkdir -p \"$(dirname \"$script\")/submission.json\"; echo 17");
        var result = Submit("unrecorded");
        Assert.NotEqual(ExitCode.Success, result.ExitCode);
        Assert.Contains("submission.json", result.Error, StringComparison.Ordinal);
        Assert.Equal(["17"], _slurm.Calls("scancel"));

        _slurm.Set("scancel", "exit 1");
        var lost = Submit("unrecorded");
        Assert.Equal(ExitCode.BadInput, lost.ExitCode);
        Assert.Contains("the jobs 17 could not be taken back: end them before you submit again", lost.Error, StringComparison.Ordinal);

        _slurm.Set("sbatch", "echo 18");
        var again = Submit("unrecorded");
        Assert.True(again.ExitCode == ExitCode.Success, again.Error);
        Assert.Contains("stage 1: 1 tasks of at most ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_Slurm_cannot_write_down_is_refused_before_anything_is_written()
    {
        var result = Submit(@"back\slash");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("Slurm takes no folder with a backslash", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(Directory.Exists(_study.Folder(@"back\slash")));
        Assert.Empty(_slurm.Calls("sbatch"));
    }

    [Fact]
    public void Of_two_submissions_at_once_one_is_made()
    {
        _slurm.Set("sbatch", "touch \"$script.begun\"; while [ ! -e \"$script.go\" ]; do sleep 0.1; done; echo 17");
        using var first = HusaiProcess.Start(Arguments("twice"), _slurm.Environment);
        var script = Path.Combine(_study.Folder("twice"), "submissions", "1", "stage-1.sh");
        for (var tries = 0; !File.Exists($"{script}.begun") && tries < 600; tries++)
        {
            Thread.Sleep(100);
        }

        var second = Submit("twice");
        Assert.Equal(ExitCode.Failure, second.ExitCode);
        Assert.Contains("submissions: in use by another run", second.Error, StringComparison.Ordinal);

        _slurm.Set("sbatch", "echo 18");
        File.WriteAllText($"{script}.go", "");
        var made = first.Wait();
        Assert.True(made.ExitCode == ExitCode.Success, made.Error);
        Assert.Equal(["1"], Directory.GetDirectories(Path.Combine(_study.Folder("twice"), "submissions")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_that_was_moved_is_submitted_again_from_its_new_place()
    {
        var plan = Path.Combine(_study.Folder("old"), "submissions", "1", "plan.json");
        Assert.Equal(ExitCode.Success, Submit("old", "--cluster", "script").ExitCode);
        Assert.Equal(ExitCode.Success, Work(plan, 0).ExitCode);
        Directory.Move(_study.Folder("old"), _study.Folder("new place"));

        var lost = Work(plan, 1);
        Assert.Equal(ExitCode.BadInput, lost.ExitCode);
        Assert.Contains("plan.json: the file is missing", lost.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_study.Folder("old")));

        var again = Submit("new place", "--cluster", "script");
        Assert.Contains("; 1 jobs are done already", again.Output, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Success, Work(Path.Combine(_study.Folder("new place"), "submissions", "2", "plan.json"), 0).ExitCode);
    }

    [Fact]
    public void A_task_that_Slurm_starts_again_leaves_what_failed_before_to_the_next_submission()
    {
        _study.Replace("- name: small", "- name: small\n    gate: require");
        Submit("failed", "--cluster", "script");
        var plan = Path.Combine(_study.Folder("failed"), "submissions", "1", "plan.json");
        Assert.Equal(ExitCode.Failure, Work(plan, 0).ExitCode);
        var failure = Finished();

        // The same plan: it fails once.
        Assert.Equal(ExitCode.Failure, Work(plan, 0, restarts: "1").ExitCode);
        Assert.Equal(failure, Finished());

        Submit("failed", "--cluster", "script");
        var next = Path.Combine(_study.Folder("failed"), "submissions", "2", "plan.json");
        Assert.Equal(ExitCode.Failure, Work(next, 0, restarts: "1").ExitCode);
        Assert.NotEqual(failure, Finished());
    }

    private string Finished() => JsonNode.Parse(_study.Manifest("failed", Transformer))!["finished"]!.GetValue<string>();

    private static HusaiResult Work(string plan, int task, string restarts = "0") => HusaiProcess.RunWith(
        new Dictionary<string, string> { ["SLURM_RESTART_COUNT"] = restarts }, "study", "work", plan, "--task", $"{task}");

    private HusaiResult Submit(string name, params string[] more) =>
        HusaiProcess.RunWith(_slurm.Environment, Arguments(name, more));

    private string[] Arguments(string name, params string[] more) =>
        ["study", "submit", _study.Configuration, "--output", _study.Folder(name), .. more];
}
