namespace Husai.Experiments.Clusters.Launchers;

/// <summary>
/// Has the tasks of a plan run somewhere. A launcher knows no study: it gets scripts and the order in which they may run.
/// </summary>
internal interface ILauncher
{
    /// <summary>Tasks that one launch may have at most.</summary>
    /// <exception cref="LauncherException">The cluster does not answer.</exception>
    int MostTasks();

    /// <summary>The text that <see cref="Launch"/> runs, as it is written into the submission's folder.</summary>
    /// <exception cref="LauncherException">There can be none for this folder.</exception>
    string ScriptOf(TaskRange range);

    /// <summary>Starts tasks, or has them started, after those of earlier launches.</summary>
    /// <param name="range">The tasks.</param>
    /// <param name="script">The file that holds <see cref="ScriptOf"/>.</param>
    /// <param name="after">Names of launches that must have ended before, in whatever way.</param>
    /// <returns>A name by which the cluster knows the launch; empty where nobody but the user does.</returns>
    /// <exception cref="LauncherException">They were refused.</exception>
    string Launch(TaskRange range, string script, IReadOnlyList<string> after);

    /// <summary>What became of the tasks, as far as the cluster still knows; null where nobody can be asked.</summary>
    /// <exception cref="LauncherException">The cluster does not answer.</exception>
    IReadOnlyList<TaskState>? States(Submission submission);

    /// <summary>Ends tasks and takes back those that wait.</summary>
    /// <exception cref="LauncherException">The cluster does not answer.</exception>
    void Cancel(IReadOnlyList<string> launches);
}
