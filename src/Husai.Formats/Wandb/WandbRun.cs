using System.Text.Json.Nodes;

namespace Husai.Formats.Wandb;

/// <summary>What a W&amp;B run is called and was configured with.</summary>
internal sealed record WandbRun
{
    /// <summary>Eight characters of a-z and 0-9 that no other run of the project has.</summary>
    public required string Id { get; init; }

    /// <summary>The project; the user's default if null.</summary>
    public string? Project { get; init; }

    /// <summary>The user or team; the user's default if null.</summary>
    public string? Entity { get; init; }

    /// <summary>The name shown; the id if null.</summary>
    public string? Name { get; init; }

    /// <summary>The group of runs that this one belongs to.</summary>
    public string? Group { get; init; }

    /// <summary>The kind of work within the group.</summary>
    public string? JobType { get; init; }

    /// <summary>A remark of any length.</summary>
    public string? Notes { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The configuration, one entry per top-level key.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Configuration { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>The program that runs.</summary>
    public string? Program { get; init; }
}
