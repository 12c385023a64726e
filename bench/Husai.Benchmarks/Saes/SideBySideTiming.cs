using System.Diagnostics;
using System.Globalization;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using static Husai.Benchmarks.Timing;

namespace Husai.Benchmarks.Saes;

/// <summary>
/// Ten SAEs (seeds) on the same normal rows: one after another on one core, one after another with both cores each, and side by side on
/// both; turn about, medians, and whether the weights are the same to the bit.
/// </summary>
internal static class SideBySideTiming
{
    private const int Count = 10;

    public static void Run(int rounds)
    {
        var rows = new Matrix(12769, 128);
        new RandomStream(1, "bench.rows").FillNormal(rows.AsSpan());
        var source = new MatrixActivations(rows);
        using var both = new Workers(2);
        var (oneCore, inTurn, sideBySide) = (new List<double>(), new List<double>(), new List<double>());
        var hashes = new HashSet<string>();
        for (var round = 0; round <= rounds; round++)
        {
            var times = new[]
            {
                Time(() => OneAfterAnother(source, Workers.Alone), hashes),
                Time(() => OneAfterAnother(source, both), hashes),
                Time(
                    () => SaeTrainings.Train([.. Options().Select(options => (options, (string?)null))], source, null, false, both),
                    hashes),
            };

            // The first round compiles.
            if (round > 0)
            {
                oneCore.Add(times[0]);
                inTurn.Add(times[1]);
                sideBySide.Add(times[2]);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count} x topk d=128 M=1024 k=32 B=256, medians of {rounds}: one core {Median(oneCore):F2} s, one after another on two "
                + $"{Median(inTurn):F2} s, side by side {Median(sideBySide):F2} s = {Median(sideBySide) / Median(oneCore):F2} of one "
                + $"core; {(hashes.Count == 1 ? "same bits" : "DIFFERENT BITS")}"));
    }

    private static IEnumerable<SaeOptions> Options() =>
        Enumerable.Range(0, Count).Select(seed => new SaeOptions { K = 32, Epochs = 4, Seed = seed, CheckpointEvery = 0 });

    private static IReadOnlyList<SaeTrainingResult> OneAfterAnother(IActivationSource source, Workers workers) =>
        [.. Options().Select(options => new SaeTrainer(options, source, workers: workers).Train())];

    private static double Time(Func<IReadOnlyList<SaeTrainingResult>> train, HashSet<string> hashes)
    {
        var clock = Stopwatch.StartNew();
        var results = train();
        var seconds = clock.Elapsed.TotalSeconds;
        hashes.Add(string.Join(' ', results.Select(result => result.WeightsHash)));
        return seconds;
    }
}
