namespace Husai.Experiments.Folders;

/// <summary>Names of the folders that commands and studies save to.</summary>
public static class RunFolders
{
    /// <summary>The folder that holds what a command saves unless another is named.</summary>
    public const string DefaultRoot = "runs";

    /// <summary>The name of what belongs to one layer, such as <c>topk_layer0</c>.</summary>
    public static string OfLayer(string name, int layer) => FormattableString.Invariant($"{name}_layer{layer}");

    /// <summary>The folder of one seed, such as <c>seed_42</c>.</summary>
    public static string OfSeed(long seed) => FormattableString.Invariant($"seed_{seed}");
}
