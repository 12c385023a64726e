using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Storage;

/// <summary>What <c>cfg.json</c> says, as far as it decides the forward pass.</summary>
internal sealed record ConfigurationFile
{
    // SAELens takes a file without a version, or below 6, for its older layout.
    private const string WrittenAsVersion = "6.37.6";
    private const string InputScaleName = "activation_scaler.json";
    private const string TrainingArchitectureKey = "training_architecture";
    private const string StepsKey = "max_iterations";
    private const string LeastLeftKey = "residual_threshold";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public required int Width { get; init; }

    public required int Latents { get; init; }

    public required SaeArchitecture Architecture { get; init; }

    /// <summary>The architecture with its article, for messages.</summary>
    public string Described => Architecture == SaeArchitecture.JumpRelu ? "a JumpReLU" : $"a {Name(Architecture)}";

    public int K { get; private init; }

    public bool RescalesByDecoderNorm { get; private init; }

    public bool SubtractsDecoderBias { get; private init; }

    /// <summary>Whether a fine-tuning left a factor for each latent's value (<see cref="FineTuning"/>).</summary>
    public bool IsFineTuned { get; private init; }

    /// <summary>What the inputs were multiplied with in training, not yet in the weights; 1 if nothing.</summary>
    public double InputScale { get; private init; } = 1;

    public string TrainingArchitecture { get; private init; } = "";

    public JsonObject Metadata { get; private init; } = [];

    public static string Write(SavedSae saved)
    {
        var sae = saved.Sae;
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
            ["d_in"] = sae.Width,
            ["d_sae"] = sae.Latents,
            ["dtype"] = "float32",
            ["device"] = "cpu",
            ["apply_b_dec_to_input"] = sae.SubtractsDecoderBias,
            ["normalize_activations"] = "none",
            ["reshape_activations"] = "none",
            ["architecture"] = Name(sae.Architecture),
        };
        if (sae.Architecture == SaeArchitecture.TopK)
        {
            root["k"] = sae.K;
            root["rescale_acts_by_decoder_norm"] = false;
        }

        if (sae.Architecture == SaeArchitecture.MatchingPursuit)
        {
            root[StepsKey] = sae.K;
            root[LeastLeftKey] = 0;
        }

        root["metadata"] = metadata;
        return root.ToJsonString(Indented) + "\n";
    }

    /// <summary>Reads the file of version 6 or before, and the factor of its inputs that a training checkpoint keeps beside it.</summary>
    public static ConfigurationFile Read(string path)
    {
        var settings = JsonSettings.Read(path);
        RefuseTranscoder(settings);
        var isLegacy = IsLegacy(settings);
        settings = isLegacy ? LegacySaeLens.Upgrade(settings) : settings;
        var named = settings.Text("architecture");
        if (!isLegacy)
        {
            RefuseOtherActivation(settings, named);
        }

        Transcoders.RefuseName(settings, "architecture");
        var architecture = ParseArchitecture(settings, named);
        var metadata = (JsonObject)settings.Section("metadata").Root.DeepClone();
        var latents = settings.Size("d_sae");
        return new ConfigurationFile
        {
            Width = settings.Size("d_in"),
            Latents = latents,
            Architecture = architecture,
            K = architecture switch
            {
                SaeArchitecture.TopK => NumberOfActive(settings, latents),
                SaeArchitecture.MatchingPursuit => NumberOfSteps(settings, latents),
                _ => 0,
            },
            IsFineTuned = isLegacy && settings.Flag("finetuning_scaling_factor", false),
            RescalesByDecoderNorm = settings.Flag("rescale_acts_by_decoder_norm", false),
            SubtractsDecoderBias = settings.Flag("apply_b_dec_to_input", true),
            InputScale = ReadInputScale(settings),
            TrainingArchitecture = metadata[TrainingArchitectureKey] is JsonValue method && method.TryGetValue(out string? name)
                ? name : TrainingName(named),
            Metadata = metadata,
        };
    }

    private static bool IsLegacy(JsonSettings settings)
    {
        var version = settings.Has("metadata") ? settings.Section("metadata").Text("sae_lens_version", "") : "";
        return !int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major < 6;
    }

    private static double ReadInputScale(JsonSettings settings)
    {
        switch (settings.Text("normalize_activations", "none"))
        {
            case "none":
                return 1;
            case "expected_average_only_in":
                // Folded into the weights only when a training ends: its checkpoints keep the factor in a file of its own.
                var file = Path.Combine(Path.GetDirectoryName(settings.Path) ?? "", InputScaleName);
                return !File.Exists(file)
                    ? throw settings.Wrong(
                        "normalize_activations",
                        $"says that the inputs were scaled, but {InputScaleName} with the factor is not in the folder")
                    : JsonSettings.Read(file).Number("scaling_factor") is > 0 and < float.MaxValue and var scale
                        ? scale : throw new InvalidFileException(file, "'scaling_factor' must be a number above 0");
            case var other:
                throw settings.Wrong(
                    "normalize_activations",
                    $"is '{other}', which scales each row by its own length or deviation: no weights do the same; 'none' is supported");
        }
    }

    // Before version 6 among the arguments of the activation function, whatever that function was called.
    private static int NumberOfActive(JsonSettings settings, int latents) =>
        new StatedK(settings.Path).Add(settings, "k").Add(settings.SectionOrEmpty("activation_fn_kwargs"), "k").Require(latents);

    // Pursuit that goes on until little is left, with no number of steps, is another function.
    private static int NumberOfSteps(JsonSettings settings, int latents) => !settings.Has(StepsKey)
        ? throw settings.Wrong(StepsKey, "is missing: matching pursuit is supported with a number of steps only")
        : settings.Number(LeastLeftKey) is null or 0
            ? new StatedK(settings.Path).Add(settings, StepsKey).Require(latents)
            : throw settings.Wrong(LeastLeftKey, "is above 0: matching pursuit is supported with all its steps only, which 0 stands for");

    // Version 6 has the activation in the architecture; a file that has both must not contradict itself.
    private static void RefuseOtherActivation(JsonSettings settings, string architecture)
    {
        foreach (var key in (string[])["activation_fn", "activation_fn_str"])
        {
            if (settings.Text(key, "relu") is not ("relu" or "ReLU") and var activation && activation != architecture)
            {
                throw settings.Wrong(key, $"is '{activation}' where 'architecture' is '{architecture}'; which is it?");
            }
        }
    }

    // The flags and names of SAELens and, before it, of transcoder_circuits.
    private static void RefuseTranscoder(JsonSettings settings)
    {
        Transcoders.RefuseOtherOutput(settings, "hook_name", "hook_name_out");
        Transcoders.RefuseOtherOutput(settings, "hook_point", "out_hook_point");
        Transcoders.RefuseOtherOutput(settings.SectionOrEmpty("metadata"), "hook_name", "hook_name_out");
        Transcoders.RefuseFlag(settings, "is_transcoder");
        if (settings.Number("d_out") is { } output && output != settings.Number("d_in"))
        {
            throw Transcoders.Refusal(settings, "d_out", $"{output}, not the width of the input");
        }
    }

    private static string Name(SaeArchitecture architecture) => architecture switch
    {
        SaeArchitecture.Standard => "standard",
        SaeArchitecture.TopK => "topk",
        SaeArchitecture.JumpRelu => "jumprelu",
        SaeArchitecture.MatchingPursuit => "matching_pursuit",
        _ => "gated",
    };

    private static SaeArchitecture ParseArchitecture(JsonSettings settings, string name) => name switch
    {
        "standard" => SaeArchitecture.Standard,
        "topk" => SaeArchitecture.TopK,

        // Training over whole batches ends with one threshold for all.
        "jumprelu" or "batchtopk" or "matryoshka_batchtopk" => SaeArchitecture.JumpRelu,
        "gated" => SaeArchitecture.Gated,
        "matching_pursuit" => SaeArchitecture.MatchingPursuit,
        _ => throw settings.Wrong(
            "architecture",
            $"is '{name}', which is not supported; standard, topk, batchtopk, matryoshka_batchtopk, jumprelu, gated and matching_pursuit "
                + "are"),
    };

    private static string TrainingName(string architecture) => architecture == "matryoshka_batchtopk" ? "matryoshka" : architecture;
}
