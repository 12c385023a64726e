using System.Diagnostics;
using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Analysis;

/// <summary>What the chance levels of three random dictionaries cost beside their scores, stage by stage.</summary>
internal static class ChanceTiming
{
    private const int Seeds = 3;

    /// <summary>Measures best-match similarity with the levels of the same shape and of turning.</summary>
    /// <param name="latents">Latents of each dictionary.</param>
    /// <param name="width">Width of the activations.</param>
    /// <param name="threads">Threads to use.</param>
    public static void Run(int latents, int width, int threads)
    {
        using var workers = new Workers(threads);
        var dictionaries = Enumerable.Range(0, Seeds).Select(seed => new LatentDictionary(
            $"{seed}", RandomDirections.WithCovariance(latents, RootOf(width), new RandomStream(0, "bench.chance", (uint)seed)))).ToArray();
        var activations = Covariance.Of(
            RandomDirections.WithCovariance(2 * width, RootOf(width), new RandomStream(0, "bench.chance.activations")), workers: workers);
        var stages = new List<(string Name, long Start)>();
        var start = Stopwatch.GetTimestamp();
        var stability = SeedStability.Of(
            dictionaries, new StabilityOptions { Parts = StabilityParts.Turned }, activations, workers: workers, progress: step =>
            {
                if (stages.Count == 0 || stages[^1].Name != step.Stage)
                {
                    stages.Add((step.Stage, Stopwatch.GetTimestamp()));
                }
            });
        var end = Stopwatch.GetTimestamp();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Seeds} x {latents} latents, d = {width}, {threads} threads, {stability.Levels.SameShape.Draws} draws"));
        foreach (var (stage, seconds) in Durations(stages, start, end))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds,8:F1} s  {stage}"));
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"kappa {stability.Kappa?.Value:F4}, turned {stability.KappaTurned?.Value:F4}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
    }

    // A spectrum as flat as that of decoders of language models: no direction holds a tenth of it.
    private static Matrix RootOf(int width)
    {
        var root = new Matrix(width, width);
        for (var axis = 0; axis < width; axis++)
        {
            root[axis, axis] = (float)Math.Pow(axis + 1, -.25);
        }

        return root;
    }

    private static IEnumerable<(string Stage, double Seconds)> Durations(List<(string Name, long Start)> stages, long start, long end)
    {
        yield return ("before the first stage", Stopwatch.GetElapsedTime(start, stages.Count > 0 ? stages[0].Start : end).TotalSeconds);
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var until = stage + 1 < stages.Count ? stages[stage + 1].Start : end;
            yield return (stages[stage].Name, Stopwatch.GetElapsedTime(stages[stage].Start, until).TotalSeconds);
        }
    }
}
