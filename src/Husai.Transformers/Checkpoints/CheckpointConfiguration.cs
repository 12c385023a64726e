using System.Text.Json.Serialization;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Transformers.Checkpoints;

/// <summary>What <c>config.json</c> beside a model's weights holds.</summary>
internal sealed record CheckpointConfiguration
{
    public const string FormatName = "husai-transformer";

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required TaskOptions Task { get; init; }

    public required TransformerOptions Model { get; init; }

    /// <summary>How the model was trained; null for one that was not.</summary>
    public TransformerTrainingOptions? Training { get; init; }

    /// <summary>Starts of its training before the one that the model is of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Whether the model was given its label: what it does is copying.</summary>
    public bool LabelLeaks { get; init; }

    // What follows is for readers of the file; it is written, and must agree when read.
    public IReadOnlyList<string> Positions { get; init; } = [];

    public int ReadPosition { get; init; }

    /// <summary>The number of each token that is no number of the task, by its name; null in files that do not say.</summary>
    public IReadOnlyDictionary<string, int>? SpecialTokens { get; init; }

    public int DVocab { get; init; }

    public int DVocabOut { get; init; }

    public static CheckpointConfiguration Of(Transformer model, TransformerTrainingOptions? training, int restarts) => new()
    {
        Format = FormatName,
        Version = 1,
        Task = model.Task.ToOptions(),
        Model = model.Options,
        Training = training,
        Restarts = restarts,
        LabelLeaks = model.Task.IsLeaky,
        Positions = model.Task.Positions,
        ReadPosition = model.Task.ReadPosition,
        SpecialTokens = model.Task.SpecialTokens,
        DVocab = model.Task.Vocabulary.Size,
        DVocabOut = model.Task.Classes,
    };
}
