using System.Globalization;

namespace Husai.Experiments.Clusters.Launchers.Slurm;

/// <summary>Runs tasks as elements of Slurm's job arrays.</summary>
/// <param name="options">What is asked of the cluster.</param>
/// <param name="jobName">Name of all arrays of the submission.</param>
/// <param name="logs">Folder for what the tasks print.</param>
/// <param name="command">What does a task.</param>
internal sealed class SlurmLauncher(ClusterOptions options, string jobName, string logs, TaskCommand command) : ILauncher
{
    private const string MaxArraySize = "MaxArraySize";

    public int MostTasks()
    {
        var line = SlurmCommand.Run("scontrol", "show", "config").Split('\n')
            .FirstOrDefault(text => text.StartsWith(MaxArraySize, StringComparison.Ordinal));

        // Its value is one more than the highest index, and indices begin at 0.
        return int.TryParse(line?.Split('=')[^1], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw new LauncherException($"'scontrol show config' says no {MaxArraySize}");
    }

    public string ScriptOf(TaskRange range) => SlurmScript.Of(jobName, logs, options, command, range);

    // After any end: tasks leave out what cannot be done, so that one failure does not keep the report from being written.
    public string Launch(TaskRange range, string script, IReadOnlyList<string> after)
    {
        string[] dependency = after.Count > 0 ? [$"--dependency=afterany:{string.Join(':', after)}"] : [];
        var printed = SlurmCommand.Run("sbatch", ["--parsable", .. dependency, script]).Trim();
        var id = printed.Split(';')[0];
        return id.Length > 0 && id.All(char.IsAsciiDigit)
            ? id
            : throw new LauncherException($"'sbatch --parsable {script}' printed '{printed}' where the id of a job is expected");
    }

    public IReadOnlyList<TaskState>? States(Submission submission) => SlurmStates.Read(submission);

    public void Cancel(IReadOnlyList<string> launches)
    {
        if (launches.Count > 0)
        {
            SlurmCommand.Run("scancel", launches);
        }
    }
}
