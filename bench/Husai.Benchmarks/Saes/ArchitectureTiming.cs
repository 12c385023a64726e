using System.Globalization;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Numerics.Parallelism;

namespace Husai.Benchmarks.Saes;

/// <summary>Training steps of several architectures on the same normal data, round after round, turn about.</summary>
internal static class ArchitectureTiming
{
    private const int K = 32;

    /// <param name="architectures">Their names with commas; ratios are to the first.</param>
    /// <param name="width">Width of the rows.</param>
    /// <param name="latents">Latents.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="rounds">Rounds.</param>
    public static void Run(string architectures, int width, int latents, int rows, int threads, int rounds)
    {
        using var workers = new Workers(threads);
        var batches = Enumerable.Range(0, 8).Select(index => StepTiming.Normal(rows, width, (uint)index)).ToArray();
        var timed = architectures.Split(',').Select(name =>
        {
            var method = TrainingMethods.Find(name);
            var engine = new CpuEngine(
                StepTiming.Settings(method, latents, width, rows), StepTiming.Weights(method, latents, width), workers);
            var l0 = new double[1];
            return (Name: name, L0: l0, Steps: new StepTiming.Rounds(index =>
                l0[0] = engine.Step(batches[index % batches.Length], new StepSettings(3e-4, K, 1)).L0));
        }).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (_, _, steps) in timed)
            {
                steps.Run();
            }
        }

        foreach (var (name, l0, steps) in timed)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} d={width} M={latents} B={rows} threads={threads} L0={l0[0]:F0}: step {steps.Median * 1e3:F2} ms, "
                    + $"{steps.Median / timed[0].Steps.Median:F2} of {timed[0].Name}'s; fastest tenth {steps.FastestTenth * 1e3:F2} ms, "
                    + $"{steps.FastestTenth / timed[0].Steps.FastestTenth:F2}"));
        }
    }
}
