using System.Globalization;

namespace Husai.Experiments.Clusters.Launchers.Slurm;

/// <summary>
/// What Slurm says of the tasks of a submission: <c>squeue</c> for those it still has, <c>sacct</c> for others where there is accounting.
/// </summary>
internal static class SlurmStates
{
    private static readonly string[] Waiting =
        ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD"];

    private static readonly string[] Running = ["RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING"];

    public static IReadOnlyList<TaskState> Read(Submission submission)
    {
        var states = new SortedDictionary<int, TaskState>();
        var queue = SlurmCommand.Run(
            "squeue", "-a", "-h", "-r", "-t", "all", $"--name={submission.JobName}", "-o", "%F|%K|%T|%r");
        Add(states, submission, queue);
        if (states.Count < submission.Launches.Sum(launch => launch.Tasks) && submission.Launches.Count > 0)
        {
            var (code, accounted, _) = SlurmCommand.Try(
                "sacct", "-n", "-X", "-P", "-j", string.Join(',', submission.Launches.Select(launch => launch.Name)), "-o", "JobID,State");
            Add(states, submission, code == 0 ? FromAccounting(accounted) : "");
        }

        return [.. states.Values];
    }

    /// <summary>Whether a task of this state waits, runs or has ended.</summary>
    internal static TaskPhase PhaseOf(string state) =>
        Waiting.Contains(state) ? TaskPhase.Waiting
        : Running.Contains(state) ? TaskPhase.Running
        : state == "COMPLETED" ? TaskPhase.Ended
        : TaskPhase.Failed;

    /// <summary>Adds lines of array, index, state and reason; what is known already stays.</summary>
    internal static void Add(SortedDictionary<int, TaskState> states, Submission submission, string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split('|') is [var array, var element, var state, .. var reason]
                && int.TryParse(element, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && submission.Launches.FirstOrDefault(launch => launch.Name == array) is { } launch && index < launch.Tasks)
            {
                states.TryAdd(launch.FirstTask + index, new TaskState(
                    launch.FirstTask + index, state, reason is ["None"] or [] ? "" : reason[0], PhaseOf(state),
                    SlurmScript.LogName(array, element)));
            }
        }
    }

    // 17_3|CANCELLED by 1000 as 17|3|CANCELLED.
    private static string FromAccounting(string text) => string.Join('\n', text.Split('\n').Select(line =>
        line.Split('|') is [var id, var state] && id.Split('_') is [var array, var element]
            ? $"{array}|{element}|{state.Split(' ')[0]}"
            : ""));
}
