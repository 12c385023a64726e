using System.Globalization;
using System.Text.Json;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Numerics.Kernels;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Transformers.Checkpoints;

/// <summary>
/// A model in a folder: <c>config.json</c>, and <c>model.safetensors</c> with the names and shapes of TransformerLens and with every tensor
/// that it has.
/// </summary>
internal sealed class TransformerCheckpoint
{
    internal const string ConfigurationFile = "config.json";
    internal const string WeightsFile = "model.safetensors";
    private const string HashKey = "weights_hash";

    private TransformerCheckpoint(string directory, Transformer model, CheckpointConfiguration configuration, string hash)
    {
        Directory = directory;
        Model = model;
        Training = configuration.Training;
        Restarts = configuration.Restarts;
        WeightsHash = hash;
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The model.</summary>
    public Transformer Model { get; }

    /// <summary>The task.</summary>
    public ArithmeticTask Task => Model.Task;

    /// <summary>How the model was trained, or null if that is not known.</summary>
    public TransformerTrainingOptions? Training { get; }

    /// <summary>Starts of its training before the one that the model is of.</summary>
    public int Restarts { get; }

    /// <summary>Hash of all weights: equal hashes mean equal bits.</summary>
    public string WeightsHash { get; }

    /// <summary>The split that the model was trained on, or null if that is not known.</summary>
    public DataSplit? Split => Training is null
        ? null
        : DataSplit.Random(Task.Inputs, Training.TrainFraction, Training.SeedOfSplit);

    /// <summary>Reads a model, and checks all of it.</summary>
    /// <exception cref="InvalidFileException">A file is missing, damaged, altered, or of another kind; the message says which and
    /// how.</exception>
    public static TransformerCheckpoint Load(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var configurationPath = Path.Combine(directory, ConfigurationFile);
        var configuration = ReadConfiguration(configurationPath);
        Transformer model;
        try
        {
            var task = ArithmeticTask.From(configuration.Task);
            OptionChecks.Require(configuration.Model, "model");
            RequireRoom(
                Path.Combine(directory, WeightsFile), TransformerParameters.Capacity(configuration.Model, TransformerShape.Of(task)));
            model = new Transformer(task, configuration.Model);
            if (configuration.Training is not null)
            {
                OptionChecks.Require(configuration.Training, "training");
            }
        }
        catch (ArgumentException error)
        {
            throw new InvalidFileException(configurationPath, error.Message, error);
        }

        if (configuration.LabelLeaks != model.Task.IsLeaky || configuration.ReadPosition != model.Task.ReadPosition
            || configuration.DVocab != model.Task.Vocabulary.Size || configuration.DVocabOut != model.Task.Classes
            || !configuration.Positions.SequenceEqual(model.Task.Positions)
            || (configuration.SpecialTokens is { } tokens && !InOrder(tokens).SequenceEqual(InOrder(model.Task.SpecialTokens))))
        {
            throw new InvalidFileException(configurationPath, "positions, tokens or label_leaks contradict the task; was it edited?");
        }

        if (configuration.Restarts < 0 || configuration.Restarts > (configuration.Training?.Restarts ?? 0))
        {
            throw new InvalidFileException(
                configurationPath, $"restarts is {configuration.Restarts}, more or fewer than training.restarts allows; was it edited?");
        }

        var hash = ReadWeights(Path.Combine(directory, WeightsFile), model);
        return new TransformerCheckpoint(directory, model, configuration, hash);
    }

    /// <summary>The files of a checkpoint.</summary>
    public static IReadOnlyList<string> Files { get; } = [ConfigurationFile, WeightsFile];

    /// <summary>Writes a model; each file appears as a whole.</summary>
    /// <param name="directory">The folder, created if need be.</param>
    /// <param name="model">The model.</param>
    /// <param name="training">How it was trained, or null.</param>
    /// <param name="facts">Further facts for the metadata of the weights, such as the epoch.</param>
    /// <param name="restarts">Starts of its training before the one that the model is of.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Save(
        string directory, Transformer model, TransformerTrainingOptions? training = null,
        IReadOnlyDictionary<string, string>? facts = null, int restarts = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(model);
        AtomicFile.WriteText(
            Path.Combine(directory, ConfigurationFile), CheckpointJson.Serialize(CheckpointConfiguration.Of(model, training, restarts)));
        var metadata = new Dictionary<string, string>(facts ?? new Dictionary<string, string>())
        {
            ["format"] = "pt",
            [HashKey] = model.WeightsHash(),
        };
        if (restarts > 0)
        {
            metadata["restarts"] = restarts.ToString(CultureInfo.InvariantCulture);
        }

        if (model.Task.IsLeaky)
        {
            metadata["label_leaks"] = "true";
        }

        SafetensorsFile.Write(Path.Combine(directory, WeightsFile), [.. model.NamedTensors(), .. LensTensors.Of(model)], metadata);
    }

    private static IEnumerable<KeyValuePair<string, int>> InOrder(IReadOnlyDictionary<string, int> tokens) =>
        tokens.OrderBy(token => token.Value);

    private static CheckpointConfiguration ReadConfiguration(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidFileException(path, "no such file; a checkpoint is a folder with config.json and model.safetensors");
        }

        try
        {
            var text = TextFile.Read(path, TextFile.LongestDescription, "a checkpoint's configuration");
            var configuration = CheckpointJson.Deserialize<CheckpointConfiguration>(text);
            return configuration is { Format: CheckpointConfiguration.FormatName, Version: 1, Task: not null, Model: not null }
                ? configuration
                : throw new InvalidFileException(
                    path,
                    $"has format '{configuration.Format}' {configuration.Version} where '{CheckpointConfiguration.FormatName}' 1 is "
                        + $"needed");
        }
        catch (JsonException error)
        {
            throw new InvalidFileException(path, $"is not a checkpoint's configuration: {error.Message}", error);
        }
    }

    // An edited configuration may ask for a model that no memory holds: the size of the weights says whether it is true.
    private static void RequireRoom(string path, long parameters)
    {
        const long tolerance = 32 << 20;
        if (new FileInfo(path) is { Exists: true } file && sizeof(float) * parameters > file.Length + tolerance)
        {
            throw new InvalidFileException(
                path, $"has {file.Length} bytes, far fewer than the {parameters} numbers that config.json speaks of");
        }
    }

    private static string ReadWeights(string path, Transformer model)
    {
        var file = SafetensorsFile.Read(path);
        foreach (var tensor in model.Parameters.Tensors)
        {
            var values = file.Require(tensor.Name, [.. tensor.Shape.Select(size => (long)size)]).ToSingles();
            if (FiniteValues.IndexOfNotFinite(values) is >= 0 and var index)
            {
                throw new InvalidFileException(path, $"tensor '{tensor.Name}' holds {values[index]:g} at element {index}");
            }

            values.CopyTo(tensor.Values.AsSpan());
        }

        var own = model.Parameters.Tensors.Select(tensor => tensor.Name);
        var known = own.Concat(LensTensors.Check(path, file, model)).ToHashSet(StringComparer.Ordinal);
        if (file.Tensors.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => !known.Contains(name)) is { } foreign)
        {
            throw new InvalidFileException(path, $"has a tensor '{foreign}' that config.json gives no place to");
        }

        var hash = model.WeightsHash();
        return !file.Metadata.TryGetValue(HashKey, out var recorded) || recorded == hash
            ? hash
            : throw new InvalidFileException(
                path, $"its weights have the hash {hash[..12]}, but it says {Start(recorded)}: it was altered");
    }

    private static string Start(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
