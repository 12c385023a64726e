using Husai.Experiments.Configuration;
using Husai.Experiments.Configuration.Binding;
using Husai.Experiments.Configuration.Yaml;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>
/// Reads a study from YAML. An entry of <c>transformers</c>, <c>worlds</c> or <c>saes</c> may name a file by <c>config</c>, relative to the
/// study's own, and change some of its keys; a list in place of a single value makes one entry for each combination, with a name of its
/// own.
/// </summary>
internal static class StudyReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of a YAML file.</param>
    /// <param name="overrides">Values that replace the file's, such as <c>seeds=[1, 2]</c>.</param>
    /// <exception cref="ConfigurationException">Something is wrong; all errors are named, each with its file and line.</exception>
    /// <exception cref="InvalidFileException">The file cannot be read, or one that the study reads.</exception>
    public static StudyOptions Read(string path, params IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ConfigurationReader.ReadText(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!, overrides);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Name of the text in messages.</param>
    /// <param name="folder">Folder that the paths of configuration files are relative to.</param>
    /// <param name="overrides">Values that replace the text's.</param>
    /// <exception cref="ConfigurationException">Something is wrong; all errors are named, each with its file and line.</exception>
    /// <exception cref="InvalidFileException">A file that the study reads is missing or damaged.</exception>
    public static StudyOptions Parse(string text, string source, string folder, params IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(overrides);
        var errors = new ErrorList();
        var root = YamlTreeReader.Read(text, source, errors);
        foreach (var assignment in overrides)
        {
            root = ConfigurationOverride.Apply(root, assignment, errors);
        }

        UnknownTruth.Refuse(root, errors);
        root = new StudyTree(folder, errors).Resolve(root);
        var isBound = new ConfigurationBinder(errors).TryBind(root, typeof(StudyOptions), out var options);
        if (errors.Count > 0 || !isBound)
        {
            // What is wrong with an entry is wrong with each combination of it.
            throw new ConfigurationException([.. errors.Exception().Errors.Distinct()]);
        }

        return StudySources.Find(UnknownTruth.LeaveOut(((StudyOptions)options!).WithLayers()), folder);
    }
}
