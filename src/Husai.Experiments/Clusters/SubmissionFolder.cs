using System.Globalization;
using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Clusters.Planning;
using Husai.Experiments.Jobs;
using Husai.Formats.Files;

namespace Husai.Experiments.Clusters;

/// <summary>
/// <c>submissions/NUMBER</c> in a study's folder: <c>plan.json</c>, what was launched for it, the scripts, and in <c>logs</c> what the
/// tasks print.
/// </summary>
internal sealed class SubmissionFolder
{
    private const string RootName = "submissions";
    private const string LogsName = "logs";

    private SubmissionFolder(string study, int number)
    {
        (StudyFolder, Number) = (study, number);
        Path = System.IO.Path.Combine(RootOf(study), number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The folder of the study.</summary>
    public string StudyFolder { get; }

    public int Number { get; }

    public string Path { get; }

    public string PlanPath => System.IO.Path.Combine(Path, ClusterPlan.FileName);

    public string Logs => System.IO.Path.Combine(Path, LogsName);

    private string SubmissionPath => System.IO.Path.Combine(Path, Submission.FileName);

    /// <summary>The folder of all submissions of a study; its lock keeps two from being made at once.</summary>
    public static string RootOf(string study) => System.IO.Path.Combine(study, RootName);

    /// <summary>The last submission of a study, or null.</summary>
    public static SubmissionFolder? Last(string study) => Numbers(study) is { Count: > 0 } numbers
        ? new SubmissionFolder(study, numbers.Max())
        : null;

    /// <summary>The next one, which is not made yet.</summary>
    public static SubmissionFolder Next(string study) => new(study, Numbers(study).DefaultIfEmpty(0).Max() + 1);

    /// <summary>The submission that a plan lies in.</summary>
    /// <exception cref="InvalidFileException">The plan lies elsewhere.</exception>
    public static SubmissionFolder OfPlan(string plan)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(plan))!;
        var root = System.IO.Path.GetDirectoryName(folder);
        return System.IO.Path.GetFileName(plan) == ClusterPlan.FileName && System.IO.Path.GetFileName(root) == RootName
            && TryParse(folder, out var number)
            ? new SubmissionFolder(System.IO.Path.GetDirectoryName(root)!, number)
            : throw new InvalidFileException(plan, $"is no plan of a study: that is STUDY/{RootName}/NUMBER/{ClusterPlan.FileName}");
    }

    /// <summary>Reads the plan.</summary>
    /// <exception cref="InvalidFileException">It is missing or damaged.</exception>
    public ClusterPlan ReadPlan() => ExperimentJson.Read<ClusterPlan>(PlanPath);

    /// <summary>What was launched; null if nothing was.</summary>
    /// <exception cref="InvalidFileException">The file is damaged.</exception>
    public Submission? ReadSubmission()
    {
        if (!File.Exists(SubmissionPath))
        {
            return null;
        }

        var submission = ExperimentJson.Read<Submission>(SubmissionPath);
        return LauncherName.All.Contains(submission.Launcher) && submission.Launches.All(launch => launch is { Name: not null })
            ? submission
            : throw new InvalidFileException(SubmissionPath, "was changed since it was made; remove it once no task of it is left");
    }

    public void Write(Submission submission) => ExperimentJson.Write(SubmissionPath, submission);

    /// <summary>Makes the folder, with that of the logs: Slurm starts no task whose log has no folder.</summary>
    public void Create() => OutputFolder.Create(Logs);

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private static List<int> Numbers(string study) => Directory.Exists(RootOf(study))
        ? [.. Directory.EnumerateDirectories(RootOf(study)).Select(path => TryParse(path, out var number) ? number : 0)
            .Where(number => number > 0)]
        : [];

    private static bool TryParse(string path, out int number) =>
        int.TryParse(System.IO.Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
