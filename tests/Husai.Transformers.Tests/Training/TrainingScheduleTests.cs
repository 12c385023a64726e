using Husai.Transformers.Training;

namespace Husai.Transformers.Tests.Training;

public sealed class TrainingScheduleTests
{
    private static readonly TransformerTrainingOptions Options = new()
    {
        Epochs = 1000,
        LearningRate = 0.01,
        WeightDecay = 2,
        WarmUpSteps = 10,
        CleanUpEpochs = 200,
        CleanUpWeightDecay = 1,
        CleanUpLearningRateShare = 0.1,
        CleanUpUntilGate = true,
    };

    [Fact]
    public void Clean_up_begins_when_both_accuracies_are_1_and_ends_the_training()
    {
        var schedule = new TrainingSchedule(Options);
        var memorised = schedule.Advance(new TrainerCounters(), Record(50, train: 1, test: 0.9999));
        var learnt = schedule.Advance(memorised, Record(100));

        Assert.Null(memorised.CleanUpEpoch);
        Assert.Equal(1000, schedule.LastEpoch(memorised));
        Assert.Equal(100, learnt.CleanUpEpoch);
        Assert.Equal(300, schedule.LastEpoch(learnt));
        Assert.False(schedule.Advance(learnt, Record(299)).Finished);
        Assert.True(schedule.Advance(learnt, Record(300)).Finished);
        Assert.False(schedule.Advance(learnt, Record(300)).StoppedEarly);
    }

    [Fact]
    public void The_gate_ends_clean_up_and_nothing_else()
    {
        var schedule = new TrainingSchedule(Options);
        var learnt = schedule.Advance(new TrainerCounters(), Record(100), gatePassed: true);
        var cleaned = schedule.Advance(learnt, Record(125), gatePassed: true);
        var whole = new TrainingSchedule(Options with { CleanUpUntilGate = false });

        Assert.False(schedule.AwaitsGate(new TrainerCounters()));
        Assert.True(schedule.AwaitsGate(learnt));
        Assert.False(learnt.Finished);
        Assert.False(schedule.Advance(learnt, Record(125)).Finished);
        Assert.True(cleaned is { Finished: true, StoppedEarly: true });
        Assert.False(whole.Advance(learnt, Record(125), gatePassed: true).Finished);
    }

    [Fact]
    public void A_start_is_given_up_only_while_further_ones_are_left_and_its_decay_does_not_know()
    {
        var schedule = new TrainingSchedule(Options with { Restarts = 1, RestartAfter = 250 });
        var first = new TrainerCounters { Step = 100, CleanUpEpoch = 100 };
        var last = first with { Restarts = 1 };

        Assert.Equal(250, schedule.LastEpoch(new TrainerCounters()));
        Assert.Equal(250, schedule.LastEpoch(first));
        Assert.Equal(300, schedule.LastEpoch(last));
        Assert.Equal(1000, schedule.LastEpoch(new TrainerCounters { Restarts = 1 }));
        Assert.Equal(220, schedule.LastEpoch(first with { CleanUpEpoch = 20 }));
        Assert.Equal(new TrainingSchedule(Options).Settings(first, 200), schedule.Settings(first, 200));
    }

    [Fact]
    public void A_further_start_follows_an_end_that_no_condition_brought_about()
    {
        var schedule = new TrainingSchedule(Options with { Restarts = 1 });
        var ended = schedule.Advance(new TrainerCounters { CleanUpEpoch = 100 }, Record(300));
        var passed = schedule.Advance(new TrainerCounters { CleanUpEpoch = 100 }, Record(300), gatePassed: true);

        Assert.True(schedule.StartsAgain(ended));
        Assert.False(schedule.StartsAgain(ended with { Finished = false }));
        Assert.False(schedule.StartsAgain(ended with { Restarts = 1 }));
        Assert.False(schedule.StartsAgain(passed));
        Assert.False(new TrainingSchedule(Options).StartsAgain(ended));
    }

    [Fact]
    public void Learning_rate_and_weight_decay_change_with_clean_up()
    {
        var schedule = new TrainingSchedule(Options);
        var before = new TrainerCounters { Step = 100 };
        var learnt = before with { CleanUpEpoch = 100 };

        Assert.Equal(0.001, schedule.LearningRate(new TrainerCounters(), 0), 12);
        Assert.Equal(0.01, schedule.LearningRate(before, 100), 12);
        Assert.Equal(0.01, schedule.LearningRate(learnt, 100), 12);
        Assert.Equal(0.0055, schedule.LearningRate(learnt, 200), 12);
        Assert.Equal(0.001, schedule.LearningRate(learnt, 300), 12);
        Assert.Equal(2.0, schedule.Settings(before, 100).WeightDecay);
        Assert.Equal(2.0, schedule.Settings(learnt, 100).WeightDecay);
        Assert.Equal(1.5, schedule.Settings(learnt, 200).WeightDecay);
        Assert.Equal(1.0, schedule.Settings(learnt, 400).WeightDecay);
    }

    private static TrainingRecord Record(int epoch, double train = 1, double test = 1) => new()
    {
        Epoch = epoch,
        Step = epoch,
        TrainLoss = 0.01,
        TrainAccuracy = train,
        TestLoss = 0.01,
        TestAccuracy = test,
        LearningRate = 0.01,
        SumOfSquaredWeights = 1,
    };
}
