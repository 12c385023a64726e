using System.Diagnostics;
using System.Globalization;
using Husai.Analysis.Matching.Candidates;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Benchmarks.Analysis;

/// <summary>
/// The certified one-to-one match of two <see cref="PlantedDictionaries"/>, beside the time of one product.
/// </summary>
internal static class CertifiedMatchTiming
{
    private const int SearchedRows = 8192;

    public static void Run(int latents, int width, int threads, CosineMeasure cosine)
    {
        using var workers = new Workers(threads);
        var planted = new PlantedDictionaries(latents, width);
        var (first, second) = (planted.Make(1), planted.Make(2));
        planted = null;
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
}
