using System.Text.Json.Nodes;

namespace Husai.Experiments.Trackers;

/// <summary>A training as trackers name and describe it.</summary>
/// <param name="Folder">The training's folder: what trackers write goes to folders of their own below it.</param>
/// <param name="JobType">The kind of work, such as <c>sae</c>.</param>
internal sealed record TrackedRun(string Folder, string JobType)
{
    /// <summary>The name shown; the folder's if null.</summary>
    public string? Name { get; init; }

    /// <summary>The group of runs that this one belongs to, such as a study.</summary>
    public string? Group { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The options that decide the run.</summary>
    public JsonObject Configuration { get; init; } = [];
}
