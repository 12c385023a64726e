namespace Husai.CrashTests;

/// <summary>A disk that becomes full or read-only while the program writes to it: a small file system in memory, which only root may mount.</summary>
internal static class DiskScenario
{
    public static ScenarioResult RunFull(Reference reference, int rounds, Func<string, string> folderOf) => Run(
        $"disk full: {reference.Workload.Name}", reference, rounds, folderOf,
        (round, mount, folder) =>
        {
            Shell.Run($"mount -o remount,size={20 + 12 * (round % 8)}k {mount}");
            HusaiProgram.Run(reference.Workload.ArgumentsFor(folder));
            Shell.Run($"mount -o remount,size=64m {mount}");
        });

    public static ScenarioResult RunReadOnly(Reference reference, int rounds, Func<string, string> folderOf) => Run(
        $"disk read-only: {reference.Workload.Name}", reference, rounds, folderOf,
        (_, mount, folder) =>
        {
            using var program = HusaiProgram.Start(reference.Workload.ArgumentsFor(folder));
            program.WaitUntil(() => File.Exists(Path.Combine(folder, reference.Workload.Begins)));

            // A file open for writing forbids it; the next attempt may find none.
            Shell.Run($"for i in $(seq 500); do mount -o remount,ro {mount} 2>/dev/null && break; done");
            program.Wait();
            Shell.Run($"mount -o remount,rw {mount}");
        });

    private static ScenarioResult Run(
        string name, Reference reference, int rounds, Func<string, string> folderOf, Action<int, string, string> crash)
    {
        var result = new ScenarioResult(name);
        var mount = folderOf("disk");
        Directory.CreateDirectory(mount);
        try
        {
            Shell.Run($"mount -t tmpfs -o size=64m husai {mount}");
        }
        catch (InvalidOperationException error)
        {
            return new ScenarioResult(name) { Skipped = $"no file system can be mounted here: {error.Message}" };
        }

        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var folder = Path.Combine(mount, $"{round}");
                crash(round, mount, folder);
                result.Events++;
                result.Comparisons++;
                result.Add(reference.Finish(folder));
                Directory.Delete(folder, recursive: true);
            }
        }
        finally
        {
            Shell.Run($"umount -l {mount}");
        }

        return result;
    }
}
