using Husai.Numerics.Randomness;

namespace Husai.CrashTests;

/// <summary>
/// Two processes in one folder at once: one works, the other is refused or comes after it; also after a kill, and with the lock's file
/// deleted.
/// </summary>
internal static class NeighbourScenario
{
    public static ScenarioResult Run(Reference reference, int rounds, Func<string, string> folderOf, RandomStream random)
    {
        var result = new ScenarioResult($"two at once: {reference.Workload.Name}");
        for (var round = 0; round < rounds; round++)
        {
            var folder = folderOf($"two-{round}");
            var arguments = reference.Workload.ArgumentsFor(folder);
            if (round % 3 == 1)
            {
                using var killed = HusaiProgram.Start(arguments);
                killed.WaitUntil(() => File.Exists(Path.Combine(folder, reference.Workload.Begins)));
                killed.Kill();
            }

            using var first = HusaiProgram.Start(arguments);
            if (round % 3 == 2)
            {
                first.WaitUntil(() => File.Exists(Path.Combine(folder, reference.Workload.Begins)));
                File.Delete(Path.Combine(folder, "lock"));
            }
            else
            {
                Thread.Sleep(random.NextInt32(60));
            }

            using var second = HusaiProgram.Start(arguments);
            (int ExitCode, string Error)[] ends = [first.Wait(), second.Wait()];
            result.Events++;
            result.Comparisons++;
            result.Add(
                ends.All(end => end.ExitCode != 0)
                    ? $"{reference.Workload.Name} in {folder}: nobody came to the end: {ends[0].Error}"
                    : null);
            foreach (var (exitCode, error) in ends)
            {
                result.Add(exitCode == 0 || (exitCode == 1 && error.Contains("in use by another run", StringComparison.Ordinal))
                    ? null : $"{reference.Workload.Name} in {folder}: ended with {exitCode}: {error}");
            }

            result.Add(reference.Finish(folder));
            Directory.Delete(folder, recursive: true);
        }

        return result;
    }
}
