using Husai.Experiments.Studies;
using Husai.Formats.Stores;
using Husai.Transformers.Checkpoints;

namespace Husai.Experiments.Folders;

/// <summary>Finds studies, trainings and SAEs in folders by the files that each has. Nothing is written, and no link is followed.</summary>
internal static class RunSearch
{
    private const int Deepest = 8;

    /// <summary>The runs below a folder, itself included, in ordinal order of their paths. What lies in a run is not looked at.</summary>
    /// <param name="root">A folder; one that is gone holds nothing.</param>
    public static IReadOnlyList<FoundRun> Below(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var found = new List<FoundRun>();
        Add(new DirectoryInfo(root), found, Deepest);
        return [.. found.OrderBy(run => run.Folder, StringComparer.Ordinal)];
    }

    /// <summary>What a folder holds; null where that is no run.</summary>
    /// <param name="folder">A folder, which need not be there.</param>
    public static RunKind? KindOf(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        bool Has(string name) => File.Exists(Path.Combine(folder, name));
        return Has(StudyFolder.ConfigurationName) && Has(StudyFolder.ManifestName) ? RunKind.Study
            : Has("options.json") && Has(MetricsName) ? RunKind.SaeTraining
            : Has("cfg.json") && Has("sae_weights.safetensors") ? RunKind.Sae
            : Has("config.json") && Has(MetricsName) ? RunKind.TransformerTraining
            : null;
    }

    /// <summary>The study that a folder lies in; null where it lies in none.</summary>
    /// <param name="folder">A folder.</param>
    public static string? StudyAround(string folder)
    {
        for (var parent = Path.GetDirectoryName(Path.GetFullPath(folder)); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (KindOf(parent) == RunKind.Study)
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>
    /// The activations that an SAE of a study was trained on: the file with those of a transformer, or the store of a network, in the
    /// study's folder; null for other SAEs, or where they are gone.
    /// </summary>
    /// <param name="saeFolder">Folder of the SAE.</param>
    public static string? ActivationsOf(string saeFolder) => PlaceOf(saeFolder) is not { } place ? null
        : place.Below("activations", "activations.safetensors") is var file && File.Exists(file) ? file
        : place.Below("extractions") is var store && StoreDescription.IsStore(store) ? store
        : null;

    /// <summary>The folder of the transformer that an SAE of a study was trained on; null for other SAEs, or where it is gone.</summary>
    /// <param name="saeFolder">Folder of the SAE.</param>
    public static string? TransformerOf(string saeFolder) =>
        PlaceOf(saeFolder) is { } place && place.Above("transformers") is var folder && TransformerCheckpoint.Files.All(file =>
            File.Exists(Path.Combine(folder, file)))
            ? folder
            : null;

    // saes/PLACE/CONFIGURATION/seed_N beside activations/PLACE; the last part of a place is the site.
    private static SaePlace? PlaceOf(string saeFolder)
    {
        if (StudyAround(saeFolder) is not { } study)
        {
            return null;
        }

        var parts = Path.GetRelativePath(study, Path.GetFullPath(saeFolder)).Split(Path.DirectorySeparatorChar);
        return parts.Length > 4 && parts[0] == "saes" ? new SaePlace(study, parts[1..^2]) : null;
    }

    internal const string MetricsName = "metrics.jsonl";

    private static void Add(DirectoryInfo folder, List<FoundRun> found, int depth)
    {
        if (KindOf(folder.FullName) is { } kind)
        {
            found.Add(new FoundRun(folder.FullName, kind));
            return;
        }

        if (depth == 0)
        {
            return;
        }

        try
        {
            foreach (var below in folder.EnumerateDirectories().Where(below => !below.Attributes.HasFlag(FileAttributes.ReparsePoint)))
            {
                Add(below, found, depth - 1);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone since it was listed, or closed to us: there is nothing to show.
        }
    }

    private sealed record SaePlace(string Study, string[] Parts)
    {
        public string Below(string kind, string file = "") => Path.Combine([Study, kind, .. Parts, file]);

        public string Above(string kind) => Path.Combine([Study, kind, .. Parts[..^1]]);
    }
}
