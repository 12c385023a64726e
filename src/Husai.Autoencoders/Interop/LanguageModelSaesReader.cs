using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Torch;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Language-Model-SAEs (<c>lm_saes</c>), with which Llama Scope was trained. Its weights were Linear layers at first (encoder [latents,
/// width], decoder [width, latents]), and are <c>W_E</c> [width, latents] and <c>W_D</c> [latents, width] now.
/// </summary>
/// <remarks>
/// <c>p = s E x + b_E</c> with <c>s = sqrt(d_model) / average norm of the activations</c>; a latent is active where <c>p</c>, times its
/// decoder's norm unless <c>sparsity_include_decoder_norm</c> is off, is selected; the reconstruction is <c>(f D + b_D) / s</c>
/// (lm_saes, <c>sae.py</c>: <c>encode</c>, <c>decode</c>, <c>compute_norm_factor</c>).
/// </remarks>
internal static class LanguageModelSaesReader
{
    private const string Prefix = "sae.";
    private const string ThresholdName = "log_jumprelu_threshold";

    // In the order in which the library looks for them.
    private static readonly string[] WeightFiles =
    [
        SaeFolder.WeightsName, "sae_weights.pt", "checkpoints/pruned.safetensors", "checkpoints/pruned.pt", "checkpoints/final.safetensors",
        "checkpoints/final.pt",
    ];

    private static readonly string[] EncoderNames = ["W_E", "encoder.weight"];
    private static readonly string[] Configurations = ["hyperparams.json", "config.json"];

    /// <summary>The weights that the library would take of a folder; null if there are none.</summary>
    public static string? WeightsIn(string folder) =>
        Array.Find(WeightFiles, name => File.Exists(Path.Combine(folder, name))) is { } found ? Path.Combine(folder, found) : null;

    /// <summary>Whether a file with a configuration of this library beside it may be its weights.</summary>
    public static bool Claims(IReadOnlyCollection<string> tensors, JsonSettings? configuration) =>
        configuration is not null && configuration.Has("d_model")
        && (configuration.Has("act_fn") || configuration.Has("sae_type") || configuration.Has("hook_point_in"))
        && EncoderNames.Any(name => tensors.Contains(name) || tensors.Contains(Prefix + name));

    public static string? ConfigurationOf(string file) => ImportPath.ConfigurationOf(file, Configurations);

    public static SavedSae Read(string path)
    {
        var file = !Directory.Exists(path) ? path : WeightsIn(path)
            ?? throw new InvalidFileException(
                path, $"has no weights of Language-Model-SAEs: none of {string.Join(", ", WeightFiles)} is in it");
        var settings = JsonSettings.Read(ConfigurationOf(file) ?? ImportPath.Beside(file, Configurations[0]));
        LanguageModelSaesSettings.RequireSae(settings);
        var tensors = Open(file);
        var (encoder, decoder) = Weights(tensors);
        var (latents, width) = (encoder.Rows, encoder.Columns);
        settings.RequireSize("d_model", width, "columns");
        settings.RequireSize("d_sae", latents, "latents");
        if (settings.Number("expansion_factor") is { } factor && factor * width != latents)
        {
            throw settings.Wrong(
                "expansion_factor", $"is {factor}, but the weights have {latents} latents for {width} columns: do they belong together?");
        }

        var encoderBias = tensors.Vector(tensors.Has("b_E") ? "b_E" : "encoder.bias", latents);
        var hasDecoderBias = settings.Flag("use_decoder_bias", true);
        var decoderBias = hasDecoderBias ? tensors.Vector(tensors.Has("b_D") ? "b_D" : "decoder.bias", width) : new float[width];
        var scale = LanguageModelSaesSettings.AverageNorm(settings, tensors) is { } norm ? Math.Sqrt(width) / norm : 1;
        var sae = Activate(settings, tensors, (encoder, decoder, encoderBias, decoderBias), scale);
        tensors.Ignore("version");
        tensors.RequireAllRead($"a {settings.Text("act_fn", "relu")} SAE of Language-Model-SAEs");
        return new SavedSae(
            settings.Flag("apply_decoder_bias_to_pre_encoder", false) ? sae : sae.WithoutSubtraction())
        {
            TrainingArchitecture = settings.Text("act_fn", "relu"),
            Metadata = ImportedMetadata.Create(SaeLayout.LanguageModelSaes, ("hook_name", settings.Root["hook_point_in"])),
        };
    }

    private static ImportTensors Open(string file)
    {
        if (Path.GetExtension(file) == ".safetensors")
        {
            return new ImportTensors(file, SafetensorsFile.Read(file));
        }

        var content = TorchFile.Read(file);
        var isNested = content.Tensors.Keys.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        return ImportTensors.OfTorch(file, content, isNested ? Prefix : "");
    }

    private static (Matrix Encoder, Matrix Decoder) Weights(ImportTensors tensors)
    {
        if (tensors.Has("encoder.weight"))
        {
            var linear = tensors.Matrix("encoder.weight");
            return (linear, tensors.Matrix("decoder.weight", linear.Columns, linear.Rows).Transpose());
        }

        var encoder = tensors.Matrix("W_E").Transpose();
        return (encoder, tensors.Matrix("W_D", encoder.Rows, encoder.Columns));
    }

    private static Sae Activate(
        JsonSettings settings, ImportTensors tensors,
        (Matrix Encoder, Matrix Decoder, float[] EncoderBias, float[] DecoderBias) weights, double scale)
    {
        var (encoder, decoder, encoderBias, decoderBias) = weights;
        var selectsByNorm = settings.Flag("sparsity_include_decoder_norm", true);
        switch (settings.Text("act_fn", "relu").ToLowerInvariant())
        {
            case "relu":
                WeightFolding.FoldInputScale(encoder, decoder, decoderBias, scale);
                return Sae.Standard(encoder, decoder, encoderBias, decoderBias);
            case "jumprelu":
                var thresholds = Thresholds(settings, tensors, decoder, selectsByNorm);
                WeightFolding.FoldInputScale(encoder, decoder, decoderBias, scale);
                return Sae.JumpRelu(encoder, decoder, encoderBias, decoderBias, thresholds);
            case "topk":
                // The library's own transform_to_unit_decoder_norm: the latents are multiplied by the norms, the reconstruction is the
                // same.
                if (selectsByNorm)
                {
                    WeightFolding.RescaleByDecoderNorm(encoder, decoder, encoderBias);
                }

                WeightFolding.FoldInputScale(encoder, decoder, decoderBias, scale);
                return Sae.TopK(
                    encoder, decoder, encoderBias, decoderBias, new StatedK(settings.Path).Add(settings, "top_k").Require(encoder.Rows));
            case var other:
                throw settings.Wrong("act_fn", other == "batchtopk"
                    ? "is 'batchtopk', which selects among all rows of a batch: a row alone has no latents; the library converts it to "
                        + "jumprelu"
                    : $"is '{other}'; relu, jumprelu and topk can be represented");
        }
    }

    // p * norm > threshold is p > threshold / norm: the latents keep their values.
    private static float[] Thresholds(JsonSettings settings, ImportTensors tensors, Matrix decoder, bool selectsByNorm)
    {
        var thresholds = StoredThresholds(settings, tensors, decoder.Rows);
        return !selectsByNorm ? Array.ConvertAll(thresholds, value => (float)value)
            : [.. thresholds.Select((value, latent) => (float)(value / Math.Sqrt(Reductions.SumOfSquares(decoder.Row(latent)))))];
    }

    private static double[] StoredThresholds(JsonSettings settings, ImportTensors tensors, int latents)
    {
        var name = tensors.Has(ThresholdName) ? ThresholdName : $"activation_function.{ThresholdName}";
        var stated = settings.Number("jump_relu_threshold");
        if (!tensors.Has(name))
        {
            return stated is >= 0 ? [.. Enumerable.Repeat(stated.Value, latents)]
                : stated is null ? throw new InvalidFileException(
                    tensors.Path, $"holds no '{ThresholdName}', and {settings.NameOf("jump_relu_threshold")} is missing: "
                        + "the thresholds are not known")
                : throw settings.Wrong("jump_relu_threshold", "is below 0: latents would be negative");
        }

        var thresholds = Array.ConvertAll(tensors.Vector(name, latents), value => Transcendental.Exp(value));
        return stated is null or 0 || thresholds.All(value => Math.Abs(value - stated.Value) <= 1e-6 * stated.Value) ? thresholds
            : throw settings.Wrong("jump_relu_threshold", $"is {stated}, and '{name}' has other thresholds; which is it?");
    }
}
