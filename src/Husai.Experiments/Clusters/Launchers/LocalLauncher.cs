namespace Husai.Experiments.Clusters.Launchers;

/// <summary>Runs tasks in this process, one after another.</summary>
/// <param name="command">What does a task, for the script that is written.</param>
/// <param name="run">Does the task of a number.</param>
internal sealed class LocalLauncher(TaskCommand command, Action<int> run) : ILauncher
{
    public int MostTasks() => int.MaxValue;

    public string ScriptOf(TaskRange range) => TaskLines.Of(command, [], range);

    public string Launch(TaskRange range, string script, IReadOnlyList<string> after)
    {
        for (var task = range.FirstTask; task < range.FirstTask + range.Tasks; task++)
        {
            run(task);
        }

        return "";
    }

    public IReadOnlyList<TaskState>? States(Submission submission) => null;

    public void Cancel(IReadOnlyList<string> launches)
    {
        // Its process holds the folder's lock, and ends with Ctrl-C.
    }
}
