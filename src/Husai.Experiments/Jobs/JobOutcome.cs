namespace Husai.Experiments.Jobs;

/// <summary>What became of a job in a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it does, in a word.</param>
/// <param name="Status">How it ended.</param>
/// <param name="WasThere">Whether its result was there before.</param>
/// <param name="Seconds">Time of the work, over all attempts.</param>
/// <param name="Error">What went wrong, or null.</param>
internal sealed record JobOutcome(string Name, string Kind, JobStatus Status, bool WasThere, double Seconds, string? Error);
