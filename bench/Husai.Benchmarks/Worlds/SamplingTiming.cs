using System.Diagnostics;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Activations;
using Husai.Worlds.Construction;
using Husai.Worlds.Options;
using Husai.Worlds.Sampling;

namespace Husai.Benchmarks.Worlds;

/// <summary>What a sample of SynthSAEBench-16k-v2 costs, beside a training step of the TopK SAE that takes it in.</summary>
internal static class SamplingTiming
{
    private const int Rows = 4096;
    private const int BatchSize = 1024;

    public static void Run(int threads, int rounds)
    {
        using var workers = new Workers(threads);
        var sampler = new WorldSampler(WorldBuilder.Build(Published, workers), seed: 7);
        var stored = new Matrix(Rows, sampler.World.Width);
        int[] indices = [.. Enumerable.Range(0, Rows)];
        sampler.CopyHidden(indices, stored, workers);
        Console.WriteLine($"microseconds a row, least of {rounds} rounds, {threads} threads");
        Console.WriteLine($"what fires       {Least(rounds, () => sampler.Visit(indices, (_, _, _, _) => { }, workers)):F1}");
        Console.WriteLine($"hidden vectors   {Least(rounds, () => sampler.CopyHidden(indices, stored, workers)):F1}");
        Console.WriteLine($"steps on stored  {Least(rounds, () => Train(new MatrixActivations(stored), workers)):F1}");
        Console.WriteLine($"steps on drawn   {Least(rounds, () => Train(new WorldActivations(sampler, Rows), workers)):F1}");
    }

    private static WorldOptions Published => new()
    {
        Means = new MagnitudeOptions { Law = MagnitudeLaw.Linear, Start = 5, End = 4 },
        Deviations = new MagnitudeOptions { Law = MagnitudeLaw.FoldedNormal, Mean = 0.5, Deviation = 0.5 },
        Correlation = new CorrelationOptions { Rank = 25, Scale = 0.1 },
        Trees = new TreeOptions { Roots = 128, ExclusiveShare = 1, CompensateProbabilities = true, ScaleByParent = true },
        Dictionary = new DictionaryOptions { BiasNorm = 0.5 },
    };

    // The time of the steps alone, which the training itself measures, is that of the fetching too.
    private static double Train(IActivationSource source, Workers workers)
    {
        var options = new SaeOptions
        {
            Latents = 4096,
            K = 25,
            BatchSize = BatchSize,
            Epochs = 1,
            EvaluateEvery = 0,
            HeldOutFraction = 0,
        };
        return 1e6 / new SaeTrainer(options, source, workers: workers).Train().RowsPerSecond;
    }

    private static double Least(int rounds, Action action) => Least(rounds, () =>
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Rows;
    });

    private static double Least(int rounds, Func<double> measure) => Enumerable.Range(0, rounds).Min(_ => measure());
}
