namespace Husai.Experiments.Folders;

/// <summary>Names of the folders that commands and studies save to.</summary>
internal static class RunFolders
{
    /// <summary>The folder that holds what a command saves unless another is named.</summary>
    public const string DefaultRoot = "runs";

    /// <summary>The name of what belongs to one layer, such as <c>topk_layer0</c>.</summary>
    public static string OfLayer(string name, int layer) => FormattableString.Invariant($"{name}_layer{layer}");

    /// <summary>The folder of one seed, such as <c>seed_42</c>.</summary>
    public static string OfSeed(long seed) => FormattableString.Invariant($"seed_{seed}");

    /// <summary>
    /// The name of a model by its folder, such as <c>mod113_quick_seed_0</c> of <c>runs/transformer/mod113_quick/seed_0</c>: the folder's,
    /// and before that of a seed or a checkpoint (<c>best</c>, <c>checkpoints/epoch_000500</c>) that of the folder above.
    /// </summary>
    public static string OfModel(string folder)
    {
        string[] names = [.. Path.GetFullPath(folder).Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)];
        var first = names.Length - 1;
        while (first > 0 && IsPartOfRun(names[first]))
        {
            first--;
        }

        return string.Join('_', names[Math.Max(first, 0)..]);
    }

    private static bool IsPartOfRun(string name) =>
        name is "best" or "checkpoints"
        || name.StartsWith("seed_", StringComparison.Ordinal) || name.StartsWith("epoch_", StringComparison.Ordinal);
}
