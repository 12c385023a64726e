using Husai.Experiments.Jobs;

namespace Husai.Experiments.Studies;

/// <summary><c>manifest.json</c> of a study: how its last run went.</summary>
internal sealed record StudyManifest
{
    /// <summary>Name of the study.</summary>
    public required string Name { get; init; }

    /// <summary>Running while a process is at work, or was killed at it; complete, failed or interrupted after it.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Threads it computed with.</summary>
    public required int Threads { get; init; }

    /// <summary>What it ran on.</summary>
    public required Machine Machine { get; init; }
}
