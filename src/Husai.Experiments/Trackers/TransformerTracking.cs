using System.Globalization;
using Husai.Transformers.Training;

namespace Husai.Experiments.Trackers;

/// <summary>
/// Follows the training of a transformer: what <c>metrics.jsonl</c> gets, trackers get too, at the same steps; after restarts the steps of
/// all starts count, as those of a tracker never fall.
/// </summary>
/// <param name="tracker">Ended and closed with the work.</param>
internal sealed class TransformerTracking(ITracker tracker)
{
    /// <summary>Opens trackers for a training.</summary>
    /// <param name="names">Which trackers.</param>
    /// <param name="folder">The training's folder.</param>
    /// <param name="options">What is trained.</param>
    /// <param name="group">The group of runs; null for none.</param>
    /// <param name="warn">Takes warnings, each a line of text; from any thread.</param>
    /// <param name="name">The run's name; the folder's if null.</param>
    public static ITracker Open(
        IEnumerable<string> names, string folder, TransformerRunOptions options, string? group, Action<string> warn, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var run = new TrackedRun(folder, "transformer")
        {
            Name = name,
            Group = group,
            Configuration = TrackedValues.Configuration(options),
        };
        return TrackerChoice.Open(names, run, warn);
    }

    /// <summary>Takes an evaluation.</summary>
    public void Report(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (tracker.IsIdle)
        {
            return;
        }

        tracker.Log(progress.StepsInAll, TrackedValues.Numbers(progress.Record));
        tracker.LogOutput(Describe(progress));
    }

    /// <summary>Does the work, then writes the summary and ends the trackers; also where the work fails or is stopped.</summary>
    public TransformerTrainingResult Run(Func<TransformerTrainingResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return TrackedWork.Run([tracker], work, result =>
        {
            if (tracker.IsIdle)
            {
                return;
            }

            tracker.Summary(TrackedValues.Numbers(result));
            tracker.LogOutput(result.Grokked ? $"done; grokked at epoch {result.GrokEpoch}" : "done; did not grok");
        });
    }

    private static string Describe(TrainingProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{RestartText.Before(progress.Record)}epoch {progress.Record.Epoch} of at most {progress.Epochs}: "
            + $"loss {progress.Record.TrainLoss:0.0e0} accuracy {progress.Record.TrainAccuracy:0.000}, "
            + $"held-out {progress.Record.TestLoss:0.0e0} {progress.Record.TestAccuracy:0.000}");
}
