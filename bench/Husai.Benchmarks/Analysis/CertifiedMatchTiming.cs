using System.Diagnostics;
using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Matching.Candidates;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Analysis;

/// <summary>
/// The certified one-to-one match of two dictionaries that share half of their rows at a cosine of .9 and are random in the rest, beside
/// the time of one product.
/// </summary>
internal static class CertifiedMatchTiming
{
    private const float SharedCosine = 0.9f;
    private const int SearchedRows = 8192;

    public static void Run(int latents, int width, int threads, CosineMeasure cosine)
    {
        using var workers = new Workers(threads);
        var (first, second) = Planted(latents, width);
        GC.Collect();
        var floor = SecondsOfSearch(first, second, cosine, workers);
        var rounds = new RoundClock();
        var match = CertifiedMatcher.Find(first, second, cosine, workers, rounds.Report);
        var certificate = match.Certificate!;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{latents} x {latents}, d = {width}, {cosine}: mean {match.Mean:F9}, {rounds.Total:F1} s, "
            + $"{certificate.Rounds} rounds, products {rounds.Products:F1} s, "
            + $"one search for best matches {floor:F1} s, {certificate.CandidatePairs / (double)latents:F1} candidates a row, "
            + $"gap per pair {certificate.GapPerPair:E1}, largest violation {certificate.LargestViolation:E1}, "
            + $"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
    }

    // One search for best matches, by that of a share of the rows: at the largest sizes it takes as long as a round.
    private static double SecondsOfSearch(Matrix first, Matrix second, CosineMeasure cosine, Workers workers)
    {
        var some = first.SliceRows(0, Math.Min(first.Rows, SearchedRows));
        var clock = Stopwatch.StartNew();
        CosineMaximum.Find(some, second, cosine == CosineMeasure.Absolute, workers);
        return clock.Elapsed.TotalSeconds * first.Rows / some.Rows;
    }

    private static (Matrix First, Matrix Second) Planted(int latents, int width)
    {
        var first = Random(latents, width, 1);
        var second = Random(latents, width, 2);
        var noise = MathF.Sqrt(1 - SharedCosine * SharedCosine);
        for (var row = 0; row < latents / 2; row++)
        {
            var known = first.Row(row);
            var mixed = second.Row(row);
            for (var index = 0; index < mixed.Length; index++)
            {
                mixed[index] = SharedCosine * known[index] + noise * mixed[index];
            }
        }

        var order = new RandomStream(0, "bench.certified.order").Permutation(latents);
        var shuffled = new Matrix(latents, width);
        for (var row = 0; row < latents; row++)
        {
            second.Row(order[row]).CopyTo(shuffled.Row(row));
        }

        return (first, shuffled);
    }

    private static Matrix Random(int latents, int width, uint index) =>
        RandomDirections.Isotropic(latents, width, new RandomStream(0, "bench.certified", index));
}
