using System.Diagnostics;
using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Analysis;

/// <summary>One comparison of two random dictionaries: one-to-one, and by the best match of each latent.</summary>
internal static class MatchingTiming
{
    public static void Run(int latents, int width, int threads)
    {
        using var workers = new Workers(threads);
        var first = Random(latents, width, 1);
        var second = Random(latents, width, 2);
        foreach (var matcher in new[] { Matcher.Maximum, Matcher.Hungarian })
        {
            foreach (var cosine in new[] { CosineMeasure.Absolute, CosineMeasure.Signed })
            {
                var options = new SimilarityOptions { Matcher = matcher, Cosine = cosine };
                var clock = Stopwatch.StartNew();
                var match = DictionarySimilarity.FindMatch(first, second, options, workers);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{latents} x {latents}, d = {width}, {options.Name}: {match.Mean:F6} in {clock.Elapsed.TotalSeconds:F2} s"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
    }

    private static Matrix Random(int latents, int width, uint index) =>
        RandomDirections.Isotropic(latents, width, new RandomStream(0, "bench.matching", index));
}
