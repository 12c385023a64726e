using Husai.Analysis.Stability;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>
/// Runs null studies: each is a random set, drawn from streams of its own and scored as the real one. Small ones run side by side, large
/// ones one after the other with all threads.
/// </summary>
internal sealed class StudyRunner(Workers? workers, Action<StageProgress>? progress, CancellationToken cancellation)
{
    // Numbers of a set up to which several fit into memory beside each other.
    private const long LargestSideBySide = 1 << 24;

    // Between two batches progress is reported and all threads wait for the last study: several for each thread. No result depends on it.
    private const int FewestPerBatch = 8;
    private const int PerThread = 4;

    private const int RoundSteps = 1000;

    public Workers? Workers => workers;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Tells how far a stage has come.</summary>
    public void Report(string stage, long done, long total)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Invoke(new StageProgress(stage, done, total));
    }

    /// <summary>Tells how far the one-to-one match of two large dictionaries has come.</summary>
    public void ReportRound(int round, double share) => ReportShare($"one-to-one match, round {round}", 0, share, 1);

    /// <summary>Tells how many things are done, and what share of the next.</summary>
    public void ReportShare(string stage, int done, double share, int total) =>
        Report(stage, (long)((done + share) * RoundSteps), (long)total * RoundSteps);

    /// <summary>Runs studies 0 to <paramref name="studies"/> - 1.</summary>
    /// <param name="stage">What the progress calls it.</param>
    /// <param name="studies">Number of studies.</param>
    /// <param name="numbers">Numbers that one set holds.</param>
    /// <param name="run">Runs a study with the threads that it is given.</param>
    public void Run(string stage, int studies, long numbers, Action<int, Workers?> run)
    {
        Report(stage, 0, studies);
        var batch = Math.Max(FewestPerBatch, PerThread * (workers?.Threads ?? 1));
        for (var start = 0; start < studies; start += batch)
        {
            var first = start;
            var count = Math.Min(batch, studies - start);
            if (numbers <= LargestSideBySide)
            {
                (workers ?? Numerics.Parallelism.Workers.Alone).For(count, (index, _) =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    run(first + index, null);
                });
            }
            else
            {
                for (var index = 0; index < count; index++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    run(first + index, workers);
                    Report(stage, first + index + 1, studies);
                }
            }

            Report(stage, first + count, studies);
        }
    }
}
