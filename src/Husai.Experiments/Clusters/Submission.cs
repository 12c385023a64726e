namespace Husai.Experiments.Clusters;

/// <summary><c>submission.json</c>: what was launched for a plan.</summary>
internal sealed record Submission
{
    public const string FileName = "submission.json";

    /// <summary>Name of the launcher.</summary>
    public required string Launcher { get; init; }

    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Its number in the study's folder, from 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset Submitted { get; init; }

    /// <summary>The launches so far, in order.</summary>
    public IReadOnlyList<Launch> Launches { get; init; } = [];

    /// <summary>Whether the user took it back: its tasks begin nothing more.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>By this name the cluster shows all its tasks.</summary>
    public string JobName => FormattableString.Invariant($"husai-{Study}-{Number}");
}

/// <summary>Tasks that were launched together.</summary>
/// <param name="Name">The cluster's name for them; empty where there is none.</param>
/// <param name="Stage">Number of the stage.</param>
/// <param name="FirstTask">Number of the first task in the plan.</param>
/// <param name="Tasks">How many there are.</param>
internal sealed record Launch(string Name, int Stage, int FirstTask, int Tasks);
