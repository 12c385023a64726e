using Husai.Experiments.Clusters.Launchers.Slurm;

namespace Husai.Experiments.Clusters.Launchers;

/// <summary>Makes the launcher that options name.</summary>
internal static class LauncherFactory
{
    /// <summary>Makes it.</summary>
    /// <param name="options">Its name, and what it needs.</param>
    /// <param name="folder">The folder of the submission.</param>
    /// <param name="jobName">Name of the submission on the cluster.</param>
    /// <param name="program">How this program is started, unless the options say it.</param>
    /// <param name="runHere">Does a task of the plan in this process.</param>
    public static ILauncher Create(
        ClusterOptions options, SubmissionFolder folder, string jobName, string program, Action<int> runHere)
    {
        var command = new TaskCommand(options.Program ?? program, folder.PlanPath, options.Cpus);
        return options.Launcher switch
        {
            LauncherName.Slurm => new SlurmLauncher(options, jobName, folder.Logs, command),
            LauncherName.Script => new ScriptLauncher(command, options),
            _ => new LocalLauncher(command, runHere),
        };
    }

    /// <summary>The launcher of a submission that was made before, to ask and to cancel.</summary>
    public static ILauncher Of(Submission submission, SubmissionFolder folder) =>
        Create(new ClusterOptions { Launcher = submission.Launcher }, folder, submission.JobName, "husai", _ => { });
}
