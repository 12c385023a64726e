using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats.Files;
using Husai.Formats.Json;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Transformers.Checkpoints;

namespace Husai.Transformers.Training;

/// <summary>
/// Everything from which training goes on to the same bits, in one file: weights, moments, counters, and how much of
/// <c>metrics.jsonl</c> belongs to it. One file, one rename: a crash never leaves parts of two states.
/// </summary>
internal static class TrainerStateFile
{
    public const string Name = "resume.safetensors";
    private const string Format = "husai-transformer-trainer";

    // These decide how far training goes and what is kept of it, not what a step does.
    private const string Length = "training.epochs";
    private const string Kept = "training.checkpoint_every";

    public static void Write(string path, TransformerTrainer trainer, TransformerRunOptions options, long metricsLength)
    {
        var total = trainer.Optimiser.FirstMoment.Length;
        SafetensorsFile.Write(
            path,
            [
                NamedTensor.FromVector("weights", trainer.Model.Parameters.All, total),
                NamedTensor.FromVector("first_moment", trainer.Optimiser.FirstMoment, total),
                NamedTensor.FromVector("second_moment", trainer.Optimiser.SecondMoment, total),
            ],
            new Dictionary<string, string>
            {
                ["format"] = Format,
                ["options"] = CheckpointJson.SerializeLine(options),
                ["counters"] = CheckpointJson.SerializeLine(trainer.Counters),
                ["metrics_length"] = metricsLength.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
    }

    /// <summary>Puts a trainer of the same options into the state, and returns the length of its metrics.</summary>
    /// <exception cref="InvalidFileException">The file is damaged, or of a training with other options.</exception>
    public static long Read(string path, TransformerTrainer trainer, TransformerRunOptions options)
    {
        var file = SafetensorsFile.Read(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
        {
            throw new InvalidFileException(path, "is not the state of a transformer's training");
        }

        try
        {
            var stored = CheckpointJson.Deserialize<TransformerRunOptions>(file.Metadata["options"]);
            var counters = CheckpointJson.Deserialize<TrainerCounters>(file.Metadata["counters"]);

            // Where a start has come to its end, another number of epochs would have ended it elsewhere.
            string[] free = counters.Restarts == 0 ? [Length, Kept] : [Kept];
            if (JsonDifference.First(ToJson(stored), ToJson(options), free) is { } difference)
            {
                throw new InvalidFileException(path, $"was trained with other options: {difference}");
            }

            StateChecks.RequireFinite(path, file);
            var total = trainer.Optimiser.FirstMoment.Length;
            file.Require("weights", total).ToSingles().CopyTo(trainer.Model.Parameters.All);
            file.Require("first_moment", total).ToSingles().CopyTo(trainer.Optimiser.FirstMoment, 0);
            file.Require("second_moment", total).ToSingles().CopyTo(trainer.Optimiser.SecondMoment, 0);
            if (counters.Restarts < 0 || counters.Restarts > options.Training.Restarts || counters.EarlierSteps < 0)
            {
                throw new InvalidFileException(
                    path, $"is at restart {counters.Restarts}, where the training has at most {options.Training.Restarts}; was it edited?");
            }

            trainer.Resume(counters);
            if (trainer.Epoch > options.Training.Epochs || counters.Step < 0)
            {
                throw new InvalidFileException(
                    path, $"is at epoch {trainer.Epoch}, beyond the {options.Training.Epochs} epochs of the training");
            }

            return long.Parse(file.Metadata["metrics_length"], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException)
        {
            throw new InvalidFileException(path, $"its metadata cannot be used: {error.Message}", error);
        }
    }

    // Through the type: options that an earlier version did not know have their defaults.
    private static JsonObject ToJson(TransformerRunOptions options) => JsonNode.Parse(CheckpointJson.SerializeLine(options))!.AsObject();
}
