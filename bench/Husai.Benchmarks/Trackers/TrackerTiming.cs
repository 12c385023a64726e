using System.Diagnostics;
using System.Globalization;
using Husai.Autoencoders;
using Husai.Experiments;
using Husai.Numerics;

namespace Husai.Benchmarks.Trackers;

/// <summary>What wandb and tensorboard together cost a training: the time spent in them, and trainings with and without them turn about.</summary>
internal static class TrackerTiming
{
    private static readonly AutoencoderOptions Options = new() { K = 32, Epochs = 8, CheckpointEvery = 0 };

    public static void Run(int rounds)
    {
        var rows = new Matrix(12769, 128);
        new RandomStream(1, "bench.rows").FillNormal(rows.AsSpan());
        var (plain, tracked, inside) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var without = Train(rows, []);
            var with = Train(rows, [.. TrackerChoice.Names]);

            // The first round compiles.
            if (round > 0)
            {
                plain.Add(without.Seconds);
                tracked.Add(with.Seconds);
                inside.Add(with.InTrackers / with.Seconds);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"topk d=128 M=1024 k=32, evaluated every {Options.EvaluateEvery} steps, medians of {rounds}: without {Median(plain):F3} s, with both trackers {Median(tracked):F3} s; in the trackers {Median(inside):P2} of the time"));
    }

    private static (double Seconds, double InTrackers) Train(Matrix rows, string[] trackers)
    {
        var folder = Directory.CreateTempSubdirectory("husai-tracker-timing").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            var inTrackers = new Stopwatch();
            inTrackers.Start();
            var tracking = new AutoencoderTracking([AutoencoderTracking.Open(trackers, folder, Options, null, Console.Error.WriteLine)]);
            inTrackers.Stop();
            tracking.Run(() =>
            {
                var result = new AutoencoderTrainer(Options, new MatrixActivations(rows), folder).Train(progress: step =>
                {
                    inTrackers.Start();
                    tracking.Report(step);
                    inTrackers.Stop();
                });
                inTrackers.Start();
                return [result];
            });
            inTrackers.Stop();
            return (clock.Elapsed.TotalSeconds, inTrackers.Elapsed.TotalSeconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
