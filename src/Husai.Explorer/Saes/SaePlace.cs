using Husai.Experiments.Folders;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;

namespace Husai.Explorer.Saes;

/// <summary>What an SAE belongs to.</summary>
internal static class SaePlace
{
    /// <summary>Its study, or the list of runs, with the address.</summary>
    public static (string Text, string Link) Above(FolderTree tree, string folder) =>
        RunSearch.StudyAround(folder) is { } study && tree.Holds(study)
            ? ($"Study {ShownText.Name(Path.GetFileName(study))}", PageLinks.Study(tree.NameOf(study)))
            : ("Runs", PageLinks.RunsPath);

    /// <summary>The activations that it was trained on; null where they are gone, or lie in no folder that is shown.</summary>
    public static string? ActivationsOf(FolderTree tree, string folder) =>
        RunSearch.ActivationsOf(folder) is { } path && tree.Holds(Path.GetFullPath(path)) ? path : null;
}
