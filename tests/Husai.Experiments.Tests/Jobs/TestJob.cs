using Husai.Experiments.Jobs;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Tests.Jobs;

/// <summary>Writes the sum of its own number and of its dependencies' results, and counts how often it ran.</summary>
internal sealed class TestJob(string name, int number, params TestJob[] dependencies) : Job(name, dependencies)
{
    private const string ResultName = "result.txt";
    private int _runs;

    public int Runs => _runs;

    public bool Tolerant { get; init; }

    public Action<JobContext>? Before { get; init; }

    public int MostThreads { get; private set; }

    public double EstimatedCost { get; init; } = 0.1;

    public override string Kind => "test";

    public override double Cost => EstimatedCost;

    public override IReadOnlyList<string> Outputs => [ResultName, "state", "below/*"];

    public override string Inputs => $"{number}";

    public override bool CanDoWithout(Job dependency) => Tolerant;

    public static int ResultIn(string folder) =>
        int.Parse(File.ReadAllText(Path.Combine(folder, ResultName)), System.Globalization.CultureInfo.InvariantCulture);

    public override void Run(JobContext context, Workers workers)
    {
        Interlocked.Increment(ref _runs);
        MostThreads = workers.Threads;
        Before?.Invoke(context);
        var sum = number + Dependencies.Where(context.IsComplete).Sum(job => ResultIn(context.FolderOf(job)));
        File.WriteAllText(context.PathOf(ResultName), $"{sum}");
    }
}
