namespace Husai.Experiments.Clusters.Status;

/// <summary>How far a study has come, wherever it runs.</summary>
internal sealed record StudyStatus
{
    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Jobs with a result of the study's inputs.</summary>
    public required int Done { get; init; }

    /// <summary>Jobs at work.</summary>
    public required int Running { get; init; }

    /// <summary>Jobs that were begun and stopped, and are to be continued.</summary>
    public required int Stopped { get; init; }

    /// <summary>Jobs that were not begun.</summary>
    public required int Waiting { get; init; }

    /// <summary>Jobs that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Jobs that cannot begin because another one failed.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Whether the report of the finished study is there.</summary>
    public required bool HasReport { get; init; }

    /// <summary>Estimated work that is left, in seconds on one core.</summary>
    public required double WorkSeconds { get; init; }

    /// <summary>Estimated time that is left with the threads at work now; null where nothing is at work.</summary>
    public required double? SecondsLeft { get; init; }

    /// <summary>The last submission, or null.</summary>
    public SubmissionStatus? Submission { get; init; }

    /// <summary>What failed.</summary>
    public required IReadOnlyList<FailedPart> Failures { get; init; }

    /// <summary>Jobs in all.</summary>
    public int Jobs => Done + Running + Stopped + Waiting + Failed + LeftOut;

    /// <summary>Whether anything is still at work, or waits to be.</summary>
    public bool IsLive => Running > 0 || Submission is { LiveTasks: > 0 };
}

/// <summary>The last submission of a study.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Launcher">What started it.</param>
/// <param name="Tasks">Tasks of its plan, the report included.</param>
/// <param name="IsCancelled">Whether it was taken back.</param>
/// <param name="LiveTasks">Tasks that wait or run; null where the launcher does not know.</param>
/// <param name="States">Tasks in each state, in the cluster's own names; empty where nobody knows.</param>
/// <param name="Problem">Why the cluster could not be asked; null if it could.</param>
internal sealed record SubmissionStatus(
    int Number, string Launcher, int Tasks, bool IsCancelled, int? LiveTasks, IReadOnlyDictionary<string, int> States, string? Problem);

/// <summary>A job or task that failed.</summary>
/// <param name="Name">Name of the job, or the number of the task.</param>
/// <param name="Reason">What is known, on one line.</param>
/// <param name="LastLines">The last lines of the task's output.</param>
internal sealed record FailedPart(string Name, string Reason, IReadOnlyList<string> LastLines);
