namespace Husai.Experiments.Clusters.Launchers;

/// <summary>Names of launchers in configurations and on the command line.</summary>
internal static class LauncherName
{
    /// <summary>Slurm's sbatch.</summary>
    public const string Slurm = "slurm";

    /// <summary>A file with a line for each task.</summary>
    public const string Script = "script";

    /// <summary>This process.</summary>
    public const string Local = "local";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Slurm, Script, Local];
}
