using Husai.Experiments.Clusters.Launchers;
using Husai.Formats.Files;

namespace Husai.Experiments.Clusters;

/// <summary>Takes back the tasks of a study's last submission.</summary>
internal static class StudyCancellation
{
    /// <summary>Ends tasks that run, which save what they have, and those that wait.</summary>
    /// <param name="folder">Folder of the study.</param>
    /// <returns>Tasks that waited or ran; null where the launcher does not know.</returns>
    /// <exception cref="InvalidFileException">The study was never submitted.</exception>
    /// <exception cref="LauncherException">The cluster does not answer.</exception>
    public static int? Cancel(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (SubmissionFolder.Last(folder) is not { } last || last.ReadSubmission() is not { } submission)
        {
            throw new InvalidFileException(folder, "no study was submitted from here: there is nothing to cancel");
        }

        // The mark first: a task that is told to stop looks at it before it asks to run again.
        using var held = FolderLock.Take(SubmissionFolder.RootOf(folder), isForFiles: true);
        last.Write(submission with { IsCancelled = true });
        var launcher = LauncherFactory.Of(submission, last);
        if (launcher.States(submission) is not { } states)
        {
            return null;
        }

        var live = states.Where(task => task.IsLive).ToList();
        string[] launches = [
            .. submission.Launches.Where(launch => live.Any(task => IsIn(launch, task.Task))).Select(launch => launch.Name)];
        launcher.Cancel(launches);
        return live.Count;
    }

    private static bool IsIn(Launch launch, int task) => task >= launch.FirstTask && task < launch.FirstTask + launch.Tasks;
}
