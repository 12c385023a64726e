namespace Husai.Experiments.Clusters.Launchers;

/// <summary>What the cluster says of a task.</summary>
/// <param name="Task">Its number in the plan.</param>
/// <param name="State">The cluster's own name for its state, such as <c>PENDING</c>.</param>
/// <param name="Reason">Why it is in this state, in the cluster's words; may be empty.</param>
/// <param name="Phase">The state as far as it matters here.</param>
/// <param name="LogName">Name of the file with the task's output, in the submission's folder for them.</param>
internal sealed record TaskState(int Task, string State, string Reason, TaskPhase Phase, string LogName)
{
    /// <summary>Whether it waits or runs.</summary>
    public bool IsLive => Phase is TaskPhase.Waiting or TaskPhase.Running;
}

/// <summary>Whether a task still has something to do.</summary>
internal enum TaskPhase
{
    /// <summary>It waits.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended with exit code 0.</summary>
    Ended,

    /// <summary>It ended in another way.</summary>
    Failed,
}
