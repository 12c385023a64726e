using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Formats.Files;
using Husai.Formats.Json;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Storage;

/// <summary>
/// What a training keeps besides the files of an SAE folder: options, metrics, and one generation of resume state in one file.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="options">What is trained, with what the recipe decides filled in.</param>
/// <param name="provenance">What it is trained on.</param>
/// <param name="pinnedDecoder">Decoder rows that training leaves as they are, or null.</param>
/// <param name="startingDecoder">Decoder rows that training starts from, or null.</param>
/// <param name="pinnedEncoder">Whether it leaves the encoder rows of pinned latents too.</param>
internal sealed class TrainingFolder(
    string path, SaeOptions options, Provenance provenance, Matrix? pinnedDecoder = null, Matrix? startingDecoder = null,
    bool pinnedEncoder = false)
{
    private const string OptionsName = "options.json";
    private const string MetricsName = "metrics.jsonl";
    internal const string SummaryName = "summary.json";
    private const string StateName = "resume.safetensors";
    private const string OptionsKey = "options";
    private const string ProvenanceKey = "activations";
    private const string PinnedKey = "pinned_decoder_hash";
    private const string StartingKey = "starting_decoder_hash";
    private const string UnrecordedKey = "unrecorded_step";
    private const string ControlKey = "sparsity_control";

    private static readonly string[] OwnFiles =
        [StateName, OptionsName, MetricsName, SummaryName, SaeFolder.WeightsName, SaeFolder.ConfigurationName, SaeFolder.SparsityName];

    /// <summary>Files by which a training is known from what was imported or exported.</summary>
    public static readonly IReadOnlyList<string> Marks = [StateName, OptionsName, MetricsName, SummaryName];

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly JsonSerializerOptions IndentedJson = new(Json) { WriteIndented = true, NewLine = "\n" };

    private readonly string _pinnedHash = pinnedDecoder is null
        ? ""
        : ContentHash.OfFloats([pinnedDecoder]) + (pinnedEncoder ? " and encoder" : "");

    private readonly string? _startingHash = startingDecoder is null ? null : ContentHash.OfFloats([startingDecoder]);

    /// <summary>Patterns of all files that a training writes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. OwnFiles, .. TrainingSnapshot.Files];

    public string Path => path;

    private string State => System.IO.Path.Combine(path, StateName);

    private LineFile Metrics { get; } = new(System.IO.Path.Combine(path, MetricsName));

    /// <summary>Makes sure that no training is lost when one begins or resumes in a folder.</summary>
    /// <exception cref="InvalidFileException">One would be.</exception>
    public static void RequireFree(string folder, bool resume)
    {
        string[] results = [StateName, SaeFolder.WeightsName, MetricsName];
        bool Has(string name) => File.Exists(System.IO.Path.Combine(folder, name));
        if (!resume)
        {
            OutputFolder.RequireNoTraining(folder, results);
            TrainingSnapshot.RequireNone(folder);
        }
        else if (!Has(StateName)
            && results.FirstOrDefault(name => Has(name) && (name == SaeFolder.WeightsName || !Has(OptionsName))) is { } found)
        {
            throw new InvalidFileException(folder, $"holds a {found}, but no {StateName}, so no SAE training can be resumed there; "
                + "choose another folder");
        }

        OutputFolder.RequireNothingElse(folder, resume && (Has(StateName) || Has(OptionsName)) ? OwnFiles : []);
    }

    /// <summary>Begins anew: what an earlier training left is removed.</summary>
    public void Start()
    {
        OutputFolder.Create(path);
        File.Delete(State);
        File.Delete(System.IO.Path.Combine(path, SummaryName));
        TrainingSnapshot.RemoveAll(path);

        // First, as by this file a folder is known to be resumed, even if nothing else has been written yet.
        AtomicFile.WriteText(System.IO.Path.Combine(path, OptionsName), JsonSerializer.Serialize(options, IndentedJson) + "\n");
        Metrics.Clear();
    }

    /// <summary>Appends a line to the metrics.</summary>
    public void Append(TrainingPoint point) => Metrics.Append(JsonSerializer.Serialize(point, Json));

    public bool HasSnapshot(long step) =>
        File.Exists(System.IO.Path.Combine(TrainingSnapshot.FolderOf(path, step), SaeFolder.WeightsName));

    /// <summary>Keeps the SAE of a step: its folder appears whole or not at all.</summary>
    public void SaveSnapshot(long step, SavedSae saved)
    {
        var target = TrainingSnapshot.FolderOf(path, step);
        var temporary = TrainingSnapshot.UnfinishedFolderOf(path, step);
        TrainingSnapshot.RemoveUnfinished(path);
        SaeFolder.Save(temporary, saved);
        OutputFolder.Publish(temporary, target);
    }

    /// <summary>Writes what the training came to.</summary>
    public void WriteSummary(long steps, ReconstructionMetrics metrics, IReadOnlyList<SaeCheck> checks, string weightsHash) =>
        AtomicFile.WriteText(System.IO.Path.Combine(path, SummaryName), JsonSerializer.Serialize(
            new
            {
                Steps = steps,
                WeightsHash = weightsHash,
                Metrics = metrics with { FiringFrequencies = [] },
                FiringHistogram = FiringHistogram.Of(metrics.FiringFrequencies),
                Checks = checks,
            },
            IndentedJson) + "\n");

    /// <summary>
    /// Writes everything that resuming needs, after the metrics whose length it holds; the file before it is replaced in one rename.
    /// </summary>
    /// <param name="weights">The state.</param>
    /// <param name="unrecorded">What the last step came to, where its line of the metrics is still to be written; else null.</param>
    public void SaveState(TrainingWeights weights, BatchMeasures? unrecorded = null)
    {
        var metricsLength = Metrics.Flush();
        var tensors = new List<NamedTensor>
        {
            NamedTensor.FromInt64s("rows_since_fired", weights.RowsSinceFired),
            NamedTensor.FromDoubles("counters", [weights.RunningThreshold, weights.Density]),
        };
        if (options.ControlledL0 > 0)
        {
            var control = weights.SparsityControl;
            tensors.Add(NamedTensor.FromDoubles(ControlKey, [control.Multiplier, control.SmoothedL0, control.Trend]));
        }

        foreach (var parameter in weights.Parameters)
        {
            foreach (var (name, matrix) in Parts(parameter))
            {
                tensors.Add(NamedTensor.FromMatrix(name, matrix.SliceColumns(0, parameter.Columns)));
            }
        }

        if (unrecorded is { } step)
        {
            tensors.Add(NamedTensor.FromDoubles(
                UnrecordedKey, [step.ReconstructionLoss, step.SparsityLoss, step.AuxiliaryLoss, step.L0, step.DeadLatents]));
        }

        var metadata = new Dictionary<string, string>
        {
            ["step"] = weights.Step.ToString(CultureInfo.InvariantCulture),
            ["metrics_length"] = metricsLength.ToString(CultureInfo.InvariantCulture),
            [OptionsKey] = JsonSerializer.Serialize(options, Json),
            [ProvenanceKey] = ToJson(provenance).ToJsonString(),
            [PinnedKey] = _pinnedHash,
        };
        if (_startingHash is not null)
        {
            metadata[StartingKey] = _startingHash;
        }

        SafetensorsFile.Write(State, tensors, metadata);
    }

    /// <summary>Takes up the state of an interrupted training, if there is one.</summary>
    /// <param name="weights">Put into the state.</param>
    /// <param name="steps">Steps of the whole training.</param>
    /// <param name="warn">Takes a line of text where something of the training's records was lost; may be null.</param>
    /// <param name="unrecorded">What the last step came to, where its line of the metrics is still to be written; else null.</param>
    /// <exception cref="InvalidFileException">The state is damaged, or of a training with other options or on other
    /// activations.</exception>
    public bool TryResume(TrainingWeights weights, long steps, Action<string>? warn, out BatchMeasures? unrecorded)
    {
        unrecorded = null;
        if (!File.Exists(State))
        {
            return false;
        }

        var file = SafetensorsFile.Read(State);
        RequireSameTraining(file);
        StateChecks.RequireFinite(State, file);
        weights.Step = Number(file, "step");
        if (weights.Step > steps)
        {
            throw new InvalidFileException(State, $"is at step {weights.Step}, beyond the {steps} steps of the training");
        }

        var counters = file.Require("counters", 2).ToDoubles();
        (weights.RunningThreshold, weights.Density) = (counters[0], counters[1]);
        if (options.ControlledL0 > 0)
        {
            var control = file.Require(ControlKey, 3).ToDoubles();
            weights.SparsityControl.Restore(control[0], control[1], control[2]);
        }

        file.Require("rows_since_fired", weights.Latents).ToInt64s().CopyTo(weights.RowsSinceFired, 0);
        foreach (var parameter in weights.Parameters)
        {
            foreach (var (name, matrix) in Parts(parameter))
            {
                matrix.SliceColumns(0, parameter.Columns).CopyFrom(file.Require(name, matrix.Rows, parameter.Columns).ToMatrix());
            }
        }

        if (file.Tensors.ContainsKey(UnrecordedKey))
        {
            var step = file.Require(UnrecordedKey, 5).ToDoubles();
            unrecorded = new BatchMeasures(step[0], step[1], step[2], step[3], (int)step[4]);
        }

        Metrics.CutTo(Number(file, "metrics_length"), warn);
        TrainingSnapshot.RemoveUnfinished(path);
        return true;
    }

    // Going on with anything else would end in a mixture of two trainings.
    private void RequireSameTraining(TensorFile file)
    {
        const string advice = "give the same options, or choose another folder";
        JsonObject Stored(string key) => file.Metadata.TryGetValue(key, out var text)
            ? ParseObject(text) ?? throw new InvalidFileException(State, $"'{key}' in its metadata is not a JSON object")
            : throw new InvalidFileException(State, $"does not say which {key} it was saved with, as earlier versions did not; {advice}");
        var wanted = ParseObject(JsonSerializer.Serialize(options, Json))!;
        if (JsonDifference.First(Stored(OptionsKey), wanted) is { } option)
        {
            throw new InvalidFileException(State, $"was saved with other options: {option}; {advice}");
        }

        if (Provenance.Of(Stored(ProvenanceKey)).DifferenceTo(provenance) is { } origin)
        {
            throw new InvalidFileException(State, $"was saved by a training on other activations: {origin}; {advice}");
        }

        if (file.Metadata.GetValueOrDefault(PinnedKey) != _pinnedHash)
        {
            throw new InvalidFileException(State, $"was saved by a training with other pinned decoder rows; {advice}");
        }

        if (file.Metadata.GetValueOrDefault(StartingKey) != _startingHash)
        {
            throw new InvalidFileException(State, $"was saved by a training with other starting decoder rows; {advice}");
        }
    }

    private static JsonObject ToJson(Provenance provenance)
    {
        var result = new JsonObject();
        provenance.WriteTo(result);
        return result;
    }

    private static JsonObject? ParseObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, Matrix Matrix)> Parts(Parameter parameter) =>
    [
        (parameter.Name, parameter.Values),
        ($"{parameter.Name}.first_moment", parameter.FirstMoment),
        ($"{parameter.Name}.second_moment", parameter.SecondMoment),
    ];

    private long Number(TensorFile file, string key) =>
        file.Metadata.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : throw new InvalidFileException(State, $"has no number '{key}' in its metadata");
}
