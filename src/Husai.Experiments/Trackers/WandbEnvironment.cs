using Husai.Formats.Wandb;

namespace Husai.Experiments.Trackers;

/// <summary>
/// The environment variables by which users of W&amp;B name their runs; what they say goes before the program's own choice.
/// </summary>
internal static class WandbEnvironment
{
    /// <summary>Applies the variables that are set.</summary>
    /// <param name="run">A run as the program describes it.</param>
    /// <param name="variable">Gives the value of an environment variable, or null.</param>
    public static WandbRun Apply(WandbRun run, Func<string, string?> variable)
    {
        string? Text(string name) => variable(name) is { Length: > 0 } text ? text : null;
        var tags = (Text("WANDB_TAGS") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return run with
        {
            Project = Text("WANDB_PROJECT") ?? run.Project,
            Entity = Text("WANDB_ENTITY") ?? run.Entity,
            Group = Text("WANDB_RUN_GROUP") ?? run.Group,
            JobType = Text("WANDB_JOB_TYPE") ?? run.JobType,
            Notes = Text("WANDB_NOTES") ?? run.Notes,
            Tags = [.. run.Tags.Concat(tags).Distinct()],
        };
    }
}
