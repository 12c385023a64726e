namespace Husai.CrashTests;

/// <summary>The terminal is lost in the midst of the work: whatever is written to it from then on fails.</summary>
internal static class TerminalScenario
{
    // That of a result which could not be printed, and is saved.
    private const int NotPrinted = 1;
    private const int MostAttempts = 5;

    public static ScenarioResult Run(Reference reference, int rounds, Func<string, string> folderOf)
    {
        var name = $"terminal lost: {reference.Workload.Name}";
        try
        {
            Shell.Run("script -qec true /dev/null </dev/null");
        }
        catch (InvalidOperationException error)
        {
            return new ScenarioResult(name) { Skipped = $"no pseudo-terminal can be opened here: {error.Message}" };
        }

        var result = new ScenarioResult(name);
        for (var round = 0; round < rounds; round++)
        {
            var folder = folderOf($"terminal-{round}");
            result.Add(Lose(reference, folder) ?? reference.Compare(folder) ?? reference.Finish(folder));
            result.Events++;
            result.Comparisons++;
            DeleteFolder(folder);
        }

        return result;
    }

    // One that had printed its result before the terminal was gone has lost nothing, and runs again.
    private static string? Lose(Reference reference, string folder)
    {
        int exitCode;
        var (attempt, error) = (0, "");
        do
        {
            DeleteFolder(folder);
            (exitCode, error) = HusaiProgram.Run(reference.Workload.ArgumentsFor(folder), ScriptFor(reference.Workload, folder));
        }
        while (exitCode == 0 && ++attempt < MostAttempts);
        return exitCode == NotPrinted ? null : $"{reference.Workload.Name} in {folder}: ends with {exitCode} without its terminal: {error}";
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The pseudo-terminal of script goes when script is killed. The hang-up that follows is ignored; nohup would write to a file in place
    // of the terminal.
    private static string ScriptFor(Workload workload, string folder)
    {
        var (begins, ended) = (Path.Combine(folder, workload.Begins), folder + ".exit");
        return $"""
            rm -f '{ended}'
            script -qfc "trap '' HUP; $(printf "'%s' " "$@"); echo \$? >'{ended}'" /dev/null &
            until [ -e '{begins}' ] || [ -s '{ended}' ]; do sleep 0.01; done
            kill -KILL $!
            until [ -s '{ended}' ]; do sleep 0.01; done
            exit "$(cat '{ended}')"
            """;
    }
}
