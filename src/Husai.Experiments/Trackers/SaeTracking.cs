using System.Globalization;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;

namespace Husai.Experiments.Trackers;

/// <summary>Follows trainings of SAEs: what <c>metrics.jsonl</c> gets, trackers get too, at the same steps.</summary>
/// <param name="trackers">One for each training; ended and closed with the work.</param>
internal sealed class SaeTracking(IReadOnlyList<ITracker> trackers)
{
    private readonly ReconstructionMetrics?[] _last = new ReconstructionMetrics?[trackers.Count];

    /// <summary>Opens trackers for a training.</summary>
    /// <param name="names">Which trackers.</param>
    /// <param name="folder">The training's folder.</param>
    /// <param name="options">What is trained.</param>
    /// <param name="group">The group of runs; null for none.</param>
    /// <param name="warn">Takes warnings, each a line of text; from any thread.</param>
    /// <param name="name">The run's name; the folder's if null.</param>
    public static ITracker Open(
        IEnumerable<string> names, string folder, SaeOptions options, string? group, Action<string> warn, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var run = new TrackedRun(folder, "sae")
        {
            Name = name,
            Group = group,
            Tags = [options.Architecture],
            Configuration = TrackedValues.Configuration(options),
        };
        return TrackerChoice.Open(names, run, warn);
    }

    /// <summary>Takes a step's progress. Several threads may call, for one training each.</summary>
    public void Report(SaeProgress progress)
    {
        if (progress.Metrics is not { } metrics || ReferenceEquals(metrics, _last[progress.Index]) || trackers[progress.Index].IsIdle)
        {
            return;
        }

        _last[progress.Index] = metrics;
        var tracker = trackers[progress.Index];
        var values = TrackedValues.Numbers(metrics with { FiringFrequencies = [] });
        values["loss"] = progress.Loss;
        values["reconstruction_loss"] = progress.Batch.ReconstructionLoss;
        values["sparsity_loss"] = progress.Batch.SparsityLoss;
        values["auxiliary_loss"] = progress.Batch.AuxiliaryLoss;
        values["dead_latents"] = progress.Batch.DeadLatents;
        values["batch_l0"] = progress.Batch.L0;
        values["learning_rate"] = progress.LearningRate;
        values["k"] = progress.K;
        tracker.Log(progress.Step, values);
        tracker.LogHistogram(progress.Step, "firing_frequency", Array.ConvertAll(metrics.FiringFrequencies, value => (float)value));
        tracker.LogOutput($"step {progress.Step} of {progress.Steps}: {Describe(progress.Loss, metrics)}");
    }

    /// <summary>
    /// Does the work, then writes each training's summary and ends its trackers; also where the work fails or is stopped.
    /// </summary>
    public IReadOnlyList<SaeTrainingResult> Run(Func<IReadOnlyList<SaeTrainingResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return TrackedWork.Run(trackers, work, results =>
        {
            for (var index = 0; index < results.Count; index++)
            {
                if (trackers[index].IsIdle)
                {
                    continue;
                }

                var values = TrackedValues.Numbers(results[index].Metrics with { FiringFrequencies = [] });
                values["rows_per_second"] = results[index].RowsPerSecond;
                trackers[index].Summary(values);
                trackers[index].LogOutput(
                    string.Create(
                        CultureInfo.InvariantCulture, $"done; explained variance {results[index].Metrics.ExplainedVariance:0.0000}"));
            }
        });
    }

    private static string Describe(double loss, ReconstructionMetrics metrics) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {loss:G4}, explained variance {metrics.ExplainedVariance:0.0000}, L0 {metrics.L0:0.0}, dead {metrics.DeadFraction:0.0%}");
}
