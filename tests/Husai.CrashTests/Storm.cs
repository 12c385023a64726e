using Husai.Numerics.Randomness;

namespace Husai.CrashTests;

/// <summary>All scenarios, one after another.</summary>
internal sealed class Storm : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-storm-").FullName;
    private readonly Action<string> _report;
    private readonly RandomStream _random;

    public Storm(ulong seed, Action<string> report)
    {
        _random = new RandomStream(seed, "storm");
        _report = report;
    }

    /// <summary>Runs everything.</summary>
    /// <param name="kills">Number of kills.</param>
    /// <param name="powerCuts">Number of power cuts.</param>
    /// <param name="only">Names of the workloads to take; all by default.</param>
    /// <returns>Whether nothing was lost or changed.</returns>
    public bool Run(int kills, int powerCuts, params IReadOnlyList<string> only)
    {
        var references = Workload.Prepare(_root).Where(workload => only.Count == 0 || only.Contains(workload.Name))
            .Select(workload => new Reference(workload, Folder(workload.Name.Replace(' ', '-')))).ToList();
        var trainings = references.Where(reference => reference.Workload.Name != "study run").ToList();
        var others = (kills + 49) / 50;
        var isFine = true;
        foreach (var result in Results())
        {
            _report(result.ToString());
            foreach (var failure in result.Failures)
            {
                _report($"  {failure}");
            }

            isFine &= result.Failures.Count == 0;
        }

        return isFine;

        IEnumerable<ScenarioResult> Results()
        {
            foreach (var reference in references)
            {
                yield return KillScenario.Run(reference, Share(kills, reference, references), Folder, _random);
            }

            foreach (var reference in references)
            {
                yield return NeighbourScenario.Run(reference, others, Folder, _random);
            }

            foreach (var reference in references)
            {
                yield return OutputScenario.Run(reference, others, Folder);
                yield return TerminalScenario.Run(reference, others, Folder);
            }

            foreach (var reference in trainings)
            {
                yield return DiskScenario.RunRefused(reference, Math.Min(others / 2, 1), Folder);
                yield return DiskScenario.RunFull(reference, others, Folder);
                yield return DiskScenario.RunReadOnly(reference, others, Folder);
            }

            foreach (var reference in references)
            {
                yield return PowerCutScenario.Run(reference, Share(powerCuts, reference, references), Folder, _random);
            }
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // A study takes as long as ten trainings.
    private static int Share(int count, Reference reference, List<Reference> references) =>
        (int)Math.Ceiling(count * reference.Workload.Share / references.Sum(other => other.Workload.Share));

    private string Folder(string name) => Path.Combine(_root, name);
}
