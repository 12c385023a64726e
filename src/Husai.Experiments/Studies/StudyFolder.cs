using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies;

/// <summary>Names in the folder of a study, and whether a folder is one.</summary>
internal static class StudyFolder
{
    public const string ConfigurationName = "config.yaml";
    public const string ManifestName = "manifest.json";

    // What a study's report is made of.
    private static readonly string[] ReportNames = ["report.html", "summary.json", "tables.md", "figures"];

    /// <summary>Makes sure that a study takes the place of nothing else.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="name">Name of the study.</param>
    /// <param name="graph">Its jobs.</param>
    /// <exception cref="InvalidFileException">The folder holds another study, or something that no study made where a study would
    /// write.</exception>
    public static void RequireOurs(string folder, string name, JobGraph graph)
    {
        OutputFolder.RequireNothingElse(folder, [ManifestName, .. ReportNames]);
        var manifest = Path.Combine(folder, ManifestName);
        if (!File.Exists(manifest))
        {
            var names = graph.Jobs.Select(job => job.Name.Split('/')[0]).Distinct();
            if (
                ((string[])[ConfigurationName, .. ReportNames, .. names])
                    .FirstOrDefault(entry => Path.Exists(Path.Combine(folder, entry))) is { } found)
            {
                throw new InvalidFileException(
                    folder, $"holds '{found}', but was not made by a study: there is no {ManifestName} in it; choose another folder");
            }
        }
        else if (NameOf(folder, manifest) is var earlier && earlier != name)
        {
            throw new InvalidFileException(manifest, $"the folder holds the study '{earlier}'; give '{name}' another folder");
        }
    }

    /// <summary>Reads which study a folder holds.</summary>
    /// <exception cref="InvalidFileException">It holds none.</exception>
    public static StudyOptions ReadOptions(string folder)
    {
        var configuration = Path.Combine(folder, ConfigurationName);
        return File.Exists(configuration)
            ? ReadOwn(configuration)
            : throw new InvalidFileException(folder, "there is no study here: a study's folder holds config.yaml");
    }

    /// <summary>Makes sure that no process runs the whole study in its folder.</summary>
    /// <exception cref="FolderInUseException">One does.</exception>
    public static void RequireNoRun(string folder, TimeProvider time)
    {
        if (FolderLock.HolderOf(folder, time) is { } holder)
        {
            throw new FolderInUseException($"{folder}: in use by another run ({holder}); wait for it");
        }
    }

    /// <summary>Whether the study is at its end: its report is there, and nothing was missing in it.</summary>
    public static bool HasReport(string folder)
    {
        try
        {
            return ReportNames.All(name => Path.Exists(Path.Combine(folder, name)))
                && ExperimentJson.Read<StudyManifest>(Path.Combine(folder, ManifestName)).Status == JobStatus.Complete;
        }
        catch (InvalidFileException)
        {
            return false;
        }
    }

    // An earlier version made the scores that this option asked for: it is refused in a study to run, not in one that has run.
    private static StudyOptions ReadOwn(string configuration)
    {
        var text = ConfigurationReader.ReadText(configuration);
        return StudyReader.Parse(
            text, configuration, Path.GetDirectoryName(Path.GetFullPath(configuration))!,
            text.Contains("as_published: true", StringComparison.Ordinal) ? ["analyses.as_published=false"] : []);
    }

    // A manifest that is damaged is written again: the configuration beside it says which study it is.
    private static string NameOf(string folder, string manifest)
    {
        try
        {
            return ExperimentJson.Read<StudyManifest>(manifest).Name;
        }
        catch (InvalidFileException error)
        {
            try
            {
                return ReadOwn(Path.Combine(folder, ConfigurationName)).Name;
            }
            catch (Exception unknown) when (unknown is InvalidFileException or ConfigurationException)
            {
                throw new InvalidFileException(
                    manifest,
                    $"{error.Reason}; nor does {ConfigurationName} say which study this is: remove the folder {folder}, or choose another "
                        + $"one",
                    unknown);
            }
        }
    }
}
