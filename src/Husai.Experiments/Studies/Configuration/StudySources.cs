using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Finds the files that a study reads: their paths become full ones, and what they hold a part of the study.</summary>
/// <remarks>What a study's folder says was found is not looked at again: its results are read where the files are not.</remarks>
internal static class StudySources
{
    /// <summary>The study with what was found.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">Folder that its paths are relative to.</param>
    /// <exception cref="InvalidFileException">A file is missing or damaged, or does not fit.</exception>
    public static StudyOptions Find(StudyOptions study, string folder) => study with
    {
        Activations = [.. study.Activations.Select(activations => Find(activations, folder))],
    };

    private static StudyActivations Find(StudyActivations activations, string folder)
    {
        var path = Path.GetFullPath(activations.Path, Path.GetFullPath(folder));
        return activations with { Path = path, Found = activations.Found ?? FoundActivations.At(path) };
    }
}
