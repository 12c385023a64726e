using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A transformer of a study, trained once for each of its seeds.</summary>
internal sealed record StudyTransformer
{
    /// <summary>Its name, unique in the study.</summary>
    [Description("Name, unique in the study; that of the configuration file if not given")]
    [RegularExpression(StudyNames.Pattern)]
    public required string Name { get; init; }

    /// <summary>Seeds that it is trained with.</summary>
    [Description("Seeds that it is trained with")]
    [Range(0L, long.MaxValue)]
    [SeedList]
    public IReadOnlyList<long> Seeds { get; init; } = [0];

    /// <summary>What happens if it does not pass the gate.</summary>
    [Description("What happens if the transformer does not pass the gate: require fails it and everything that needs it, warn says so "
        + "in the report and continues")]
    public GateRule Gate { get; init; } = GateRule.Warn;

    /// <summary>What is learnt.</summary>
    [Description("What is learnt")]
    public TaskOptions Task { get; init; } = new();

    /// <summary>The architecture.</summary>
    [Description("The architecture")]
    public TransformerOptions Model { get; init; } = new();

    /// <summary>How it is trained; the seed is one of <see cref="Seeds"/>.</summary>
    [Description("How it is trained; the seed is one of those above")]
    public TransformerTrainingOptions Training { get; init; } = new();

    /// <summary>What kind of control it is; null for a transformer that the study names itself.</summary>
    [JsonIgnore]
    public StudyControl? Control { get; internal init; }

    /// <summary>Everything that decides the transformer of a seed.</summary>
    public TransformerRunOptions OptionsFor(long seed) => new() { Task = Task, Model = Model, Training = Training with { Seed = seed } };
}
