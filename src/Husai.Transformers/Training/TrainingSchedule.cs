using Husai.Numerics.Optimisers;

namespace Husai.Transformers.Training;

/// <summary>Learning rate, weight decay and the end of training, as functions of what has happened so far.</summary>
internal sealed class TrainingSchedule(TransformerTrainingOptions options)
{
    /// <summary>Accuracy from which a set counts as learnt.</summary>
    public const double LearntAccuracy = 0.99;

    /// <summary>The epoch at which the start at work ends as things stand.</summary>
    public int LastEpoch(TrainerCounters counters)
    {
        var last = counters.CleanUpEpoch is { } start ? Math.Min(options.Epochs, start + options.CleanUpEpochs) : options.Epochs;
        return options.RestartAfter > 0 && counters.Restarts < options.Restarts ? Math.Min(last, options.RestartAfter) : last;
    }

    /// <summary>Whether a further start follows the one that has come to its end.</summary>
    public bool StartsAgain(TrainerCounters counters) =>
        counters is { Finished: true, StoppedEarly: false } && counters.Restarts < options.Restarts;

    /// <summary>Whether passing the gate would end training.</summary>
    public bool AwaitsGate(TrainerCounters counters) => options.CleanUpUntilGate && counters.CleanUpEpoch is not null;

    /// <summary>Takes note of an evaluation.</summary>
    /// <param name="counters">What was known before.</param>
    /// <param name="record">The evaluation.</param>
    /// <param name="gatePassed">Whether the model passes the gate; of consequence only where <see cref="AwaitsGate"/>.</param>
    public TrainerCounters Advance(TrainerCounters counters, TrainingRecord record, bool gatePassed = false)
    {
        var awaitedGate = AwaitsGate(counters);
        var memorised = record.TrainAccuracy >= LearntAccuracy;
        var learnt = memorised && record.TestAccuracy >= LearntAccuracy;
        counters = counters with
        {
            EvaluatedEpoch = record.Epoch,
            BestTestLoss = record.TestLoss < counters.BestTestLoss ? record.TestLoss : counters.BestTestLoss,
            MemorisedEpoch = counters.MemorisedEpoch ?? (memorised ? record.Epoch : null),
            GrokEpoch = counters.GrokEpoch ?? (learnt ? record.Epoch : null),
            GrokStep = counters.GrokStep ?? (learnt ? record.Step : null),
        };
        if (counters.CleanUpEpoch is null && options.CleanUpEpochs > 0 && record is { TrainAccuracy: 1, TestAccuracy: 1 })
        {
            counters = counters with { CleanUpEpoch = record.Epoch };
        }

        var early = record.TestLoss < options.StopBelowTestLoss
            || (options.StopAtTestAccuracy > 0 && record.TestAccuracy >= options.StopAtTestAccuracy)
            || (awaitedGate && gatePassed);
        return counters with { StoppedEarly = early, Finished = early || record.Epoch >= LastEpoch(counters) };
    }

    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate(TrainerCounters counters, int epoch)
    {
        var rate = options.LearningRate;
        if (counters.Step < options.WarmUpSteps)
        {
            rate *= (counters.Step + 1.0) / options.WarmUpSteps;
        }

        return rate * (1 - CleanUpDone(counters, epoch) * (1 - options.CleanUpLearningRateShare));
    }

    /// <summary>The weight decay of the next step.</summary>
    public double WeightDecay(TrainerCounters counters, int epoch) =>
        options.WeightDecay + CleanUpDone(counters, epoch) * ((options.CleanUpWeightDecay ?? options.WeightDecay) - options.WeightDecay);

    /// <summary>The optimiser's settings of the next step.</summary>
    public AdamSettings Settings(TrainerCounters counters, int epoch) => new(
        (float)LearningRate(counters, epoch),
        (float)options.Beta1,
        (float)options.Beta2,
        (float)options.Epsilon,
        (float)WeightDecay(counters, epoch));

    // From 0, when clean-up begins, to 1.
    private double CleanUpDone(TrainerCounters counters, int epoch) =>
        counters.CleanUpEpoch is { } start ? Math.Min(1, (double)(epoch - start) / options.CleanUpEpochs) : 0;
}
