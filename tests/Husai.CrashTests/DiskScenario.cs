namespace Husai.CrashTests;

/// <summary>
/// A disk that becomes full or read-only while the program writes to it: a small file system in memory, which only root may mount.
/// </summary>
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

    /// <summary>Folders that cannot be written to: exit code 2 with the true reason, and nothing is left.</summary>
    public static ScenarioResult RunRefused(Reference reference, int rounds, Func<string, string> folderOf) => Run(
        $"disk refused: {reference.Workload.Name}", reference, rounds, folderOf,
        (_, mount, folder) =>
        {
            Expect("Read-only file system", $"mount -o remount,ro {mount}", $"mount -o remount,rw {mount}");
            Expect("no inodes left", $"mount -o remount,nr_inodes=1 {mount}", $"mount -o remount,nr_inodes=0 {mount}");
            Expect(
                "No space left on device", $"mount -o remount,size=8k {mount} && head -c 8192 /dev/zero > {mount}/fill",
                $"rm {mount}/fill; mount -o remount,size=64m {mount}");
            Expect("a loop of links", $"ln -s {folder} {mount}/link && ln -s {mount}/link {folder}", $"rm {mount}/link {folder}");

            void Expect(string reason, string before, string after)
            {
                Shell.Run(before);
                var (exitCode, error) = HusaiProgram.Run(reference.Workload.ArgumentsFor(folder));
                Shell.Run(after);
                if (exitCode != 2 || !error.Contains(reason, StringComparison.Ordinal) || Directory.Exists(folder))
                {
                    throw new InvalidOperationException($"'{reason}' was expected, not {exitCode}: {error}");
                }
            }
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
                try
                {
                    crash(round, mount, folder);
                }
                catch (InvalidOperationException error)
                {
                    result.Add($"{reference.Workload.Name}: {error.Message}");
                    break;
                }

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
