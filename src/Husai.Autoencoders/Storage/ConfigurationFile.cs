using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats;

namespace Husai.Autoencoders;

/// <summary>What <c>cfg.json</c> says, as far as it decides the forward pass.</summary>
internal sealed record ConfigurationFile
{
    // SAELens takes a file without a version, or below 6, for its older layout.
    private const string WrittenAsVersion = "6.37.6";
    private const long LongestFile = 1 << 20;
    private const string TrainingArchitectureKey = "training_architecture";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public required int Width { get; init; }

    public required int Latents { get; init; }

    public required AutoencoderArchitecture Architecture { get; init; }

    public int K { get; private init; }

    public bool RescalesByDecoderNorm { get; private init; }

    public bool SubtractsDecoderBias { get; private init; }

    public string TrainingArchitecture { get; private init; } = "";

    public JsonObject Metadata { get; private init; } = [];

    public static string Write(SavedAutoencoder saved)
    {
        var autoencoder = saved.Autoencoder;
        var metadata = new JsonObject { ["sae_lens_version"] = WrittenAsVersion };
        foreach (var (key, value) in saved.Metadata)
        {
            metadata[key] = value?.DeepClone();
        }

        if (saved.TrainingArchitecture.Length > 0)
        {
            metadata[TrainingArchitectureKey] = saved.TrainingArchitecture;
        }

        var root = new JsonObject
        {
            ["d_in"] = autoencoder.Width,
            ["d_sae"] = autoencoder.Latents,
            ["dtype"] = "float32",
            ["device"] = "cpu",
            ["apply_b_dec_to_input"] = autoencoder.SubtractsDecoderBias,
            ["normalize_activations"] = "none",
            ["reshape_activations"] = "none",
            ["architecture"] = Name(autoencoder.Architecture),
        };
        if (autoencoder.Architecture == AutoencoderArchitecture.TopK)
        {
            root["k"] = autoencoder.K;
            root["rescale_acts_by_decoder_norm"] = false;
        }

        root["metadata"] = metadata;
        return root.ToJsonString(Indented) + "\n";
    }

    public static ConfigurationFile Read(string path)
    {
        try
        {
            return Interpret(Parse(path), path);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // Repeated names and invalid text inside a value are found only where they are read.
            throw new InvalidFileException(path, $"is not valid JSON: {e.Message}", e);
        }
    }

    private static ConfigurationFile Interpret(JsonObject root, string path)
    {
        var version = root["metadata"]?["sae_lens_version"] is JsonValue stated && stated.TryGetValue(out string? text) ? text : "";
        if (!int.TryParse(version.Split('.')[0], out var major) || major < 6)
        {
            throw new InvalidFileException(path, "was written before SAELens 6 (metadata.sae_lens_version); import it instead");
        }

        var normalisation = Text(root, path, "normalize_activations", "none");
        if (normalisation is not ("none" or "expected_average_only_in"))
        {
            throw new InvalidFileException(path, $"normalize_activations '{normalisation}' is not supported; 'none' is");
        }

        var architecture = ParseArchitecture(Text(root, path, "architecture", null), path);
        var metadata = (JsonObject)root["metadata"]!.DeepClone();
        var latents = Size(root, path, "d_sae");
        return new ConfigurationFile
        {
            Width = Size(root, path, "d_in"),
            Latents = latents,
            Architecture = architecture,
            K = architecture == AutoencoderArchitecture.TopK ? NumberOfActive(root, path, latents) : 0,
            RescalesByDecoderNorm = Flag(root, path, "rescale_acts_by_decoder_norm", false),
            SubtractsDecoderBias = Flag(root, path, "apply_b_dec_to_input", true),
            TrainingArchitecture = metadata[TrainingArchitectureKey] is JsonValue method && method.TryGetValue(out string? name)
                ? name : Name(architecture),
            Metadata = metadata,
        };
    }

    private static JsonObject Parse(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InvalidFileException(path, "the file is missing: an SAE folder holds it");
        }

        if (file.Length > LongestFile)
        {
            throw new InvalidFileException(path, $"is {file.Length} bytes long; a configuration has at most {LongestFile}");
        }

        return JsonNode.Parse(File.ReadAllText(path)) is JsonObject root && root["metadata"] is JsonObject
            ? root : throw new InvalidFileException(path, "is not a JSON object with an object 'metadata' in it");
    }

    private static string Text(JsonObject root, string path, string key, string? fallback)
    {
        var node = root[key];
        return node is null && fallback is not null ? fallback
            : node is JsonValue value && value.TryGetValue(out string? text) ? text
            : throw new InvalidFileException(path, $"'{key}' must be a text");
    }

    private static bool Flag(JsonObject root, string path, string key, bool fallback)
    {
        var node = root[key];
        return node is null ? fallback
            : node is JsonValue value && value.TryGetValue(out bool flag) ? flag
            : throw new InvalidFileException(path, $"'{key}' must be true or false");
    }

    private static int Size(JsonObject root, string path, string key) =>
        root[key] is JsonValue value && value.TryGetValue(out int size) && size > 0
            ? size : throw new InvalidFileException(path, $"'{key}' must be a whole number above 0");

    private static int NumberOfActive(JsonObject root, string path, int latents)
    {
        var k = Size(root, path, "k");
        return k <= latents ? k : throw new InvalidFileException(path, $"'k' is {k}, but there are only {latents} latents");
    }

    private static string Name(AutoencoderArchitecture architecture) => architecture switch
    {
        AutoencoderArchitecture.Standard => "standard",
        AutoencoderArchitecture.TopK => "topk",
        AutoencoderArchitecture.JumpRelu => "jumprelu",
        _ => "gated",
    };

    private static AutoencoderArchitecture ParseArchitecture(string name, string path) => name switch
    {
        "standard" => AutoencoderArchitecture.Standard,
        "topk" => AutoencoderArchitecture.TopK,
        "jumprelu" => AutoencoderArchitecture.JumpRelu,
        "gated" => AutoencoderArchitecture.Gated,
        _ => throw new InvalidFileException(
            path, $"architecture '{name}' is not supported; standard, topk, jumprelu and gated are"),
    };
}
