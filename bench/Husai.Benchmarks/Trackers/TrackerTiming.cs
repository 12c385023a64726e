using System.Globalization;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Experiments.Trackers;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Trackers;

/// <summary>
/// What wandb and tensorboard together cost a training: the time spent in them, and trainings with and without them turn about.
/// </summary>
internal static class TrackerTiming
{
    private static readonly SaeOptions Options = new() { K = 32, Epochs = 8, CheckpointEvery = 0 };

    public static void Run(int rounds)
    {
        var rows = new Matrix(12769, 128);
        new RandomStream(1, "bench.rows").FillNormal(rows.AsSpan());
        var (plain, tracked) = (new List<TrackerShare>(), new List<TrackerShare>());

        // The first training of each kind compiles: the one with trackers shows what a program that trains once pays.
        Train(rows, []);
        var first = Train(rows, [.. TrackerChoice.Names]);
        for (var round = 0; round < rounds; round++)
        {
            plain.Add(Train(rows, []));
            tracked.Add(Train(rows, [.. TrackerChoice.Names]));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"topk d=128 M=1024 k=32, evaluated every {Options.EvaluateEvery} steps, medians of {rounds}: without "
                + $"{Median(plain, share => share.Seconds):F3} s, with both trackers {Median(tracked, share => share.Seconds):F3} s"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"in the trackers {Median(tracked, share => share.InTrackers / share.Seconds):P2} of the time: {Describe(tracked)}; in the "
                + $"first training, compiling included: {Describe([first])}"));
    }

    private static TrackerShare Train(Matrix rows, string[] trackers)
    {
        var folder = Directory.CreateTempSubdirectory("husai-tracker-timing").FullName;
        try
        {
            var share = new TrackerShare();
            var tracking = share.Open(() =>
                new SaeTracking([SaeTracking.Open(trackers, folder, Options, null, Console.Error.WriteLine)]));
            tracking.Run(() =>
            {
                var result = new SaeTrainer(Options, new MatrixActivations(rows), folder).Train(
                    progress: step => share.Report(() => tracking.Report(step)));
                share.BeginClosing();
                return [result];
            });
            share.End();
            return share;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Describe(List<TrackerShare> shares) => string.Create(
        CultureInfo.InvariantCulture,
        $"{1000 * Median(shares, share => share.InTrackers):F1} ms (opening {1000 * Median(shares, share => share.Opening):F1}, reports "
            + $"{1000 * Median(shares, share => share.Reports):F1}, closing {1000 * Median(shares, share => share.Closing):F1})");

    private static double Median(List<TrackerShare> shares, Func<TrackerShare, double> value) =>
        shares.Select(value).Order().ElementAt(shares.Count / 2);
}
