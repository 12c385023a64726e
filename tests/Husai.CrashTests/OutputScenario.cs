namespace Husai.CrashTests;

/// <summary>Nobody reads what the program says: a full disk, closed descriptors, a reader that is gone, a terminal that is lost.</summary>
internal static class OutputScenario
{
    private static readonly string[] Scripts =
    [
        "exec \"$@\" 2>/dev/full", "exec \"$@\" >/dev/full", "exec \"$@\" 2>&-", "exec \"$@\" >&-", "\"$@\" 2>&1 >/dev/null | true; exit 0",

        // The pseudo-terminal of script goes when it is killed; nohup keeps the hang-up away, so that what is written fails.
        "command -v script >/dev/null || exit 0; exec timeout -s KILL 1 script -qfc \"nohup $(printf \"'%s' \" \"$@\")\" /dev/null",
    ];

    public static ScenarioResult Run(Reference reference, int rounds, Func<string, string> folderOf)
    {
        var result = new ScenarioResult($"output lost: {reference.Workload.Name}");
        for (var round = 0; round < rounds; round++)
        {
            foreach (var script in Scripts)
            {
                var folder = folderOf($"output-{result.Events}");
                HusaiProgram.Run(reference.Workload.ArgumentsFor(folder), script);
                result.Events++;
                result.Comparisons++;
                result.Add(FinishLater(reference, folder) is { } failure ? $"{script}: {failure}" : null);
                Directory.Delete(folder, recursive: true);
            }
        }

        return result;
    }

    // One that lost its terminal still works when the script around it has ended.
    private static string? FinishLater(Reference reference, string folder)
    {
        string? failure = null;
        for (var attempt = 0; attempt < 100; attempt++)
        {
            failure = reference.Finish(folder);
            if (failure?.Contains("in use by another run", StringComparison.Ordinal) != true)
            {
                break;
            }

            Thread.Sleep(100);
        }

        return failure;
    }
}
