namespace Husai.Experiments.Folders;

/// <summary>Names of the folders that commands and studies save to.</summary>
public static class RunFolders
{
    /// <summary>The folder that holds what a command saves unless another is named.</summary>
    public const string DefaultRoot = "runs";

    /// <summary>The folder of one seed, such as <c>seed_42</c>.</summary>
    public static string OfSeed(long seed) => FormattableString.Invariant($"seed_{seed}");
}
