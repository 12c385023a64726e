using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Husai.Transformers.Training;

/// <summary>How a transformer is trained. docs/notes/transformer-settings.md has settings that were measured.</summary>
internal sealed record TransformerTrainingOptions : IValidatableObject
{
    /// <summary>Passes over the training pairs at most. With full batches an epoch is one step.</summary>
    [Description("Passes over the training pairs at most; with full batches an epoch is one step")]
    [Range(1, 10_000_000)]
    public int Epochs { get; init; } = 2000;

    /// <summary>Pairs in a step; 0 takes all training pairs at once.</summary>
    [Description("Pairs in a step; 0 takes all training pairs at once")]
    [Range(0, 1_000_000)]
    public int BatchSize { get; init; }

    /// <summary>Share of all pairs that is trained on.</summary>
    [Description("Share of all pairs that is trained on; the others are held out")]
    [Range(0.01, 1.0)]
    public double TrainFraction { get; init; } = 0.5;

    /// <summary>Step size of AdamW.</summary>
    [Description("Step size of AdamW")]
    [Range(1e-8, 1.0)]
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>Decoupled weight decay, on all parameters.</summary>
    [Description("Decoupled weight decay, on all parameters")]
    [Range(0.0, 100.0)]
    public double WeightDecay { get; init; } = 2;

    /// <summary>Steps over which the learning rate rises linearly.</summary>
    [Description("Steps over which the learning rate rises linearly from nothing")]
    [Range(0, 1_000_000)]
    public int WarmUpSteps { get; init; } = 10;

    /// <summary>Decay of AdamW's first moment.</summary>
    [Description("Decay of AdamW's first moment")]
    [Range(0.0, 0.9999999)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of AdamW's second moment.</summary>
    [Description("Decay of AdamW's second moment")]
    [Range(0.0, 0.9999999)]
    public double Beta2 { get; init; } = 0.98;

    /// <summary>Added to the root of AdamW's second moment.</summary>
    [Description("Added to the root of AdamW's second moment")]
    [Range(0.0, 1.0)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Largest norm of all gradients together; 0 does not clip.</summary>
    [Description("Largest norm of all gradients together; 0 does not clip")]
    [Range(0.0, 1e6)]
    public double MaximumGradientNorm { get; init; }

    /// <summary>Root seed.</summary>
    [Description("Root seed of initial weights, split and order, where they have none of their own")]
    [Range(0L, long.MaxValue)]
    public long Seed { get; init; }

    /// <summary>Seed of the initial weights.</summary>
    [Description("Seed of the initial weights")]
    [Range(0L, long.MaxValue)]
    public long? InitialisationSeed { get; init; }

    /// <summary>Seed of the split into training and held-out pairs.</summary>
    [Description("Seed of the split into training and held-out pairs")]
    [Range(0L, long.MaxValue)]
    public long? SplitSeed { get; init; }

    /// <summary>Seed of the order of mini-batches.</summary>
    [Description("Seed of the order of mini-batches")]
    [Range(0L, long.MaxValue)]
    public long? OrderSeed { get; init; }

    /// <summary>Epochs from one evaluation to the next.</summary>
    [Description("Epochs from one evaluation to the next")]
    [Range(1, 1_000_000)]
    public int EvaluateEvery { get; init; } = 25;

    /// <summary>Epochs from one computation of the progress measures to the next; 0 leaves them out.</summary>
    [Description("Epochs from one computation of the progress measures to the next, a multiple of evaluate_every; 0 leaves them out")]
    [Range(0, 10_000_000)]
    public int MeasureEvery { get; init; }

    /// <summary>Epochs from one checkpoint to the next; 0 keeps only the best and the last.</summary>
    [Description("Epochs from one checkpoint to the next; 0 keeps only the best and the last")]
    [Range(0, 10_000_000)]
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Stops when the held-out loss is below this; 0 never does.</summary>
    [Description("Stops when the held-out loss is below this value; 0 never does")]
    [Range(0.0, 100.0)]
    public double StopBelowTestLoss { get; init; }

    /// <summary>Stops when the held-out accuracy is at least this; 0 never does.</summary>
    [Description("Stops when the held-out accuracy is at least this value; 0 never does")]
    [Range(0.0, 1.0)]
    public double StopAtTestAccuracy { get; init; }

    /// <summary>Epochs of clean-up after the held-out accuracy has reached 1; 0 trains to the end.</summary>
    [Description("Epochs of the clean-up phase, which begins once the held-out accuracy is 1 and ends the training; 0 leaves it out")]
    [Range(0, 10_000_000)]
    public int CleanUpEpochs { get; init; } = 250;

    /// <summary>Whether clean-up, and with it the training, ends at the first evaluation at which the model passes the gate.</summary>
    [Description(
        "Whether the clean-up phase ends as soon as an evaluation finds that the model passes the gate; clean_up_epochs is then its "
            + "longest duration")]
    public bool CleanUpUntilGate { get; init; }

    /// <summary>Weight decay at the end of clean-up, reached linearly; unset keeps it as it was.</summary>
    [Description("Weight decay at the end of the clean-up phase, reached linearly, if it is to change")]
    [Range(0.0, 100.0)]
    public double? CleanUpWeightDecay { get; init; }

    /// <summary>Share of the learning rate that is left at the end of clean-up, reached linearly.</summary>
    [Description("Share of the learning rate that is left at the end of the clean-up phase, reached linearly")]
    [Range(0.0, 1.0)]
    public double CleanUpLearningRateShare { get; init; } = 1;

    /// <summary>Training loss above which training has failed.</summary>
    [Description("Training loss above which training has diverged")]
    [Range(1.0, 1e9)]
    public double DivergenceLoss { get; init; } = 100;

    /// <summary>Further starts at most, one after another, each where the one before came to its end without passing the gate.</summary>
    [Description(
        "Further starts at most: a training that comes to its end without passing the gate that clean_up_until_gate waits for begins again "
            + "with other initial weights, on the same pairs")]
    [Range(0, 1000)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Epochs after which a start that is not the last is given up; 0 leaves it to its end.</summary>
    [Description("Epochs after which a start that has not passed the gate is given up while further ones are left; 0 leaves it to its end")]
    [Range(0, 10_000_000)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int RestartAfter { get; init; }

    internal ulong SeedOfSplit => (ulong)(SplitSeed ?? Seed);

    internal ulong SeedOfInitialisation(int restarts) => StartSeed.Of((ulong)(InitialisationSeed ?? Seed), restarts);

    internal ulong SeedOfOrder(int restarts) => StartSeed.Of((ulong)(OrderSeed ?? Seed), restarts);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Restarts > 0 && !(CleanUpUntilGate && CleanUpEpochs > 0))
        {
            yield return new ValidationResult(
                "restarts are for trainings that wait for the gate: set clean_up_until_gate to true and clean_up_epochs above 0, or "
                    + "restarts to 0",
                [nameof(Restarts)]);
        }
    }
}
