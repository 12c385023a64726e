namespace Husai.Experiments.Clusters.Launchers;

/// <summary>
/// Writes a line of the shell for each task and starts nothing: for GNU parallel, another scheduler's arrays, or hosts by hand.
/// </summary>
/// <param name="command">What does a task.</param>
/// <param name="options">Lines before the program.</param>
internal sealed class ScriptLauncher(TaskCommand command, ClusterOptions options) : ILauncher
{
    public int MostTasks() => int.MaxValue;

    public string ScriptOf(TaskRange range) => TaskLines.Of(command, options.Setup, range);

    public string Launch(TaskRange range, string script, IReadOnlyList<string> after) => "";

    public IReadOnlyList<TaskState>? States(Submission submission) => null;

    public void Cancel(IReadOnlyList<string> launches)
    {
        // Tasks that the user started look at the submission themselves, and begin nothing more.
    }
}
