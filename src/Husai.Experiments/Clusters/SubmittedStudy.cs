namespace Husai.Experiments.Clusters;

/// <summary>What a submission has made.</summary>
/// <param name="Plan">The plan's file; null where there was nothing to do.</param>
/// <param name="Done">Jobs that were done before.</param>
/// <param name="Jobs">Jobs that are to be done.</param>
/// <param name="Tasks">Tasks, the report included.</param>
/// <param name="Seconds">Estimated work in seconds on one core.</param>
/// <param name="Launches">What was launched, in order.</param>
internal sealed record SubmittedStudy(
    string? Plan, int Done, int Jobs, int Tasks, double Seconds, IReadOnlyList<LaunchedTasks> Launches);

/// <summary>Tasks that were launched together, or would be.</summary>
/// <param name="Stage">Number of the stage, from 1 on.</param>
/// <param name="Tasks">How many there are.</param>
/// <param name="LongestSeconds">Estimated duration of the longest, in seconds.</param>
/// <param name="Id">The cluster's name for them; empty where there is none.</param>
/// <param name="ScriptPath">The script's file.</param>
/// <param name="Script">The script.</param>
internal sealed record LaunchedTasks(int Stage, int Tasks, double LongestSeconds, string Id, string ScriptPath, string Script);
