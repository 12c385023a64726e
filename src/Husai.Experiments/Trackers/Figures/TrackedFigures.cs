using Husai.Autoencoders;
using Husai.Transformers;

namespace Husai.Experiments;

/// <summary>The figures that trackers get at the end of a training.</summary>
internal static class TrackedFigures
{
    private const string Loss = "figures/loss";

    /// <summary>Draws the learning curve of a transformer: loss and accuracy on the training and the held-out pairs.</summary>
    public static void Log(ITracker tracker, IReadOnlyList<TrainingRecord> records)
    {
        if (records.Count < 2)
        {
            return;
        }

        var (step, epochs) = (records[^1].Step, PixelAxis.Linear("epoch", records[0].Epoch, records[^1].Epoch));
        new PixelPlot(epochs, PixelAxis.Logarithmic("loss", records.SelectMany(record => (double[])[record.TrainLoss, record.TestLoss])))
            .Curve("training", records.Select(record => ((double)record.Epoch, record.TrainLoss)))
            .Curve("held-out", records.Select(record => ((double)record.Epoch, record.TestLoss)))
            .Log(tracker, step, Loss);
        new PixelPlot(epochs, PixelAxis.Linear("accuracy", 0, 1))
            .Curve("training", records.Select(record => ((double)record.Epoch, record.TrainAccuracy)))
            .Curve("held-out", records.Select(record => ((double)record.Epoch, record.TestAccuracy)))
            .Log(tracker, step, "figures/accuracy");
    }

    /// <summary>Draws the learning curve of an autoencoder, and how often its latents fire.</summary>
    /// <param name="tracker">Gets the figures.</param>
    /// <param name="seen">The evaluations that this process saw.</param>
    /// <param name="result">How the training ended.</param>
    public static void Log(ITracker tracker, IReadOnlyList<AutoencoderProgress> seen, AutoencoderTrainingResult result)
    {
        if (seen.Count > 1)
        {
            var steps = PixelAxis.Linear("step", seen[0].Step, seen[^1].Step);
            new PixelPlot(steps, PixelAxis.Logarithmic("loss", seen.Select(progress => progress.Loss)))
                .Curve("loss of a batch", seen.Select(progress => ((double)progress.Step, progress.Loss)))
                .Log(tracker, result.Steps, Loss);
            new PixelPlot(steps, PixelAxis.Linear("share", 0, 1))
                .Curve("explained variance", seen.Select(progress => ((double)progress.Step, progress.Metrics!.ExplainedVariance)))
                .Curve("dead latents", seen.Select(progress => ((double)progress.Step, progress.Metrics!.DeadFraction)))
                .Log(tracker, result.Steps, "figures/explained_variance");
        }

        LogFiring(tracker, result);
    }

    private static void LogFiring(ITracker tracker, AutoencoderTrainingResult result)
    {
        var firing = FiringHistogram.Of(result.Metrics.FiringFrequencies);
        const double binsPerDecade = 2;
        var lowest = -firing.Counts.Length / binsPerDecade;
        new PixelPlot(
            PixelAxis.Linear("log10 of the share of rows", lowest, 0), PixelAxis.Linear("latents", 0, Math.Max(firing.Counts.Max(), 1)))
            .Bars(
                $"{firing.Never} never fired",
                firing.Counts.Select((count, bin) => (lowest + bin / binsPerDecade, lowest + (bin + 1) / binsPerDecade, (double)count)))
            .Log(tracker, result.Steps, "figures/firing_frequency");
    }
}
