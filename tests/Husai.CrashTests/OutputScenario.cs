namespace Husai.CrashTests;

/// <summary>Nobody reads what the program says: a full disk, closed descriptors, a reader that is gone.</summary>
internal static class OutputScenario
{
    private static readonly string[] Scripts =
    [
        "exec \"$@\" 2>/dev/full", "exec \"$@\" >/dev/full", "exec \"$@\" 2>&-", "exec \"$@\" >&-", "\"$@\" 2>&1 >/dev/null | true; exit 0",
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
                result.Add(reference.Finish(folder) is { } failure ? $"{script}: {failure}" : null);
                Directory.Delete(folder, recursive: true);
            }
        }

        return result;
    }
}
