using Husai.Numerics.Randomness;

namespace Husai.CrashTests;

/// <summary>Kills at random instants: in the first 300 ms, while it works, and among the last writes.</summary>
internal static class KillScenario
{
    private const int MostKillsInARow = 5;

    public static ScenarioResult Run(Reference reference, int kills, Func<string, string> folderOf, RandomStream random)
    {
        var result = new ScenarioResult($"killed: {reference.Workload.Name}");
        for (var round = 0; result.Events < kills; round++)
        {
            var folder = folderOf($"kill-{round}");
            var inARow = 1 + random.NextInt32(MostKillsInARow);
            for (var kill = 0; kill < inARow && result.Events < kills; kill++)
            {
                using var program = HusaiProgram.Start(reference.Workload.ArgumentsFor(folder));
                AwaitInstant(program, reference.Workload, folder, random);
                result.Events += program.Kill() ? 1 : 0;
            }

            result.Add(reference.Finish(folder));
            result.Comparisons++;
            Directory.Delete(folder, recursive: true);
        }

        return result;
    }

    /// <summary>Waits until an instant of one of the three kinds.</summary>
    public static void AwaitInstant(HusaiProgram program, Workload workload, string folder, RandomStream random)
    {
        switch (random.NextInt32(3))
        {
            case 0:
                Thread.Sleep(random.NextInt32(300));
                break;
            case 1:
                program.WaitUntil(() => File.Exists(Path.Combine(folder, workload.Begins)));
                Thread.Sleep(random.NextInt32(600));
                break;
            default:
                program.WaitUntil(() => File.Exists(Path.Combine(folder, workload.Ends)));
                Thread.Sleep(random.NextInt32(20));
                break;
        }
    }
}
