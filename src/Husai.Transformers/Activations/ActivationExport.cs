using System.Globalization;
using System.Text.Json;
using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Checkpoints;

namespace Husai.Transformers.Activations;

/// <summary>Activations of a checkpoint, with all that says what they are.</summary>
internal sealed class ActivationExport
{
    /// <summary>The position's name where rows of all positions follow each other.</summary>
    public const string AllPositions = "all";

    /// <summary>The position at which the model is read.</summary>
    public const string ReadPosition = "read";

    /// <summary>Key of the hash of the model's weights in a description.</summary>
    public const string WeightsHashKey = "weights_hash";

    /// <summary>Key of the site's name in a description.</summary>
    public const string SiteKey = "site";

    /// <summary>Key of the layer in a description.</summary>
    public const string LayerKey = "layer";

    /// <summary>Key of the position's number, or <see cref="AllPositions"/>, in a description.</summary>
    public const string PositionKey = "position";

    /// <summary>Key of the task's name in a description.</summary>
    public const string TaskKey = "task";

    /// <summary>Key of the task's modulus in a description.</summary>
    public const string ModulusKey = "modulus";

    private const string RowOrderKey = "row_order";
    private const string DescriptionExtension = ".json";

    private ActivationExport(Matrix values, Dictionary<string, string> description)
    {
        Values = values;
        Description = description;
    }

    /// <summary>The activations, a row for each input, or for each input and position.</summary>
    public Matrix Values { get; }

    /// <summary>Task, model, site, layer, position and the order of the rows, as text.</summary>
    public IReadOnlyDictionary<string, string> Description { get; }

    /// <summary>Reads activations off a model.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="site">The site.</param>
    /// <param name="layer">The layer, from 0 on.</param>
    /// <param name="position"><c>read</c>, <c>all</c>, or a position's name or number.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">There is no such site, layer or position.</exception>
    public static ActivationExport Read(
        TransformerCheckpoint checkpoint, ActivationSite site, int layer, string position, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var (model, task) = (checkpoint.Model, checkpoint.Task);
        var everywhere = position == AllPositions;
        var at = everywhere ? -1 : task.PositionOf(position);
        var values = everywhere
            ? model.ActivationsEverywhere(site, layer, workers)
            : model.Activations(site, layer, at, workers);
        var description = new Dictionary<string, string>
        {
            [TaskKey] = task.Name,
            [ModulusKey] = task.Modulus.ToString(CultureInfo.InvariantCulture),
            ["tokens"] = string.Join(' ', task.Positions),
            ["label_leaks"] = task.IsLeaky ? "true" : "false",
            [WeightsHashKey] = checkpoint.WeightsHash,
            [SiteKey] = site.NameOf(),
            [LayerKey] = layer.ToString(CultureInfo.InvariantCulture),
            [PositionKey] = everywhere ? AllPositions : at.ToString(CultureInfo.InvariantCulture),
            [RowOrderKey] = everywhere ? "(a * p + b) * positions + position" : "a * p + b",
        };
        return new ActivationExport(values, description);
    }

    /// <summary>Makes sure that a file to write takes the place of nothing but earlier activations of a model.</summary>
    /// <param name="path">What is given to <see cref="Write"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">It would.</exception>
    public static void RequireReplaceable(string path)
    {
        const string kind = "activations of a model";
        OutputFile.RequireReplaceable(path, kind, file => ReadDescription(file).ContainsKey(RowOrderKey));
        if (!HoldsDescription(path))
        {
            OutputFile.RequireReplaceable(
                path + DescriptionExtension, $"the description of {kind}", file => ReadText(file).ContainsKey(RowOrderKey));
        }
    }

    private static bool HoldsDescription(string path) => Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);

    // Another program may keep a file of this name beside its activations.
    private static Dictionary<string, string> ReadText(string path)
    {
        const int longest = 1 << 16;
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= longest }
                ? CheckpointJson.Deserialize<Dictionary<string, string>>(TextFile.Read(path, longest, "a description")) : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>
    /// Writes a .safetensors file with the description as metadata, or a .npy, .npz or .pt file with it beside the file as .json.
    /// </summary>
    /// <exception cref="ArgumentException">The extension is another.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var tensor = NamedTensor.FromMatrix(ActivationFile.TensorName, Values);
        switch (Path.GetExtension(path))
        {
            case ".safetensors":
                SafetensorsFile.Write(path, [tensor], new Dictionary<string, string>(Description) { ["format"] = "pt" });
                break;
            case ".npy":
                NumpyFile.Write(path, tensor);
                WriteDescription(path);
                break;
            case ".npz":
                NumpyArchive.Write(path, [tensor]);
                WriteDescription(path);
                break;
            case ".pt":
                TorchFile.Write(path, [tensor]);
                WriteDescription(path);
                break;
            default:
                throw new ArgumentException($"'{path}' does not end in .safetensors, .npy, .npz or .pt", nameof(path));
        }
    }

    /// <summary>Reads what <see cref="Write"/> noted of a file; empty where nothing is.</summary>
    /// <param name="path">The file with the activations.</param>
    /// <exception cref="InvalidFileException">The file is damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadDescription(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return HoldsDescription(path) ? SafetensorsFile.Read(path, []).Metadata : ReadText(path + DescriptionExtension);
    }

    private void WriteDescription(string path) => AtomicFile.WriteText(path + DescriptionExtension, CheckpointJson.Serialize(Description));
}
