using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Torch;
using Husai.Numerics.Functions;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// One <c>.pt</c> state dict with <c>W_enc</c> [width, latents], <c>W_dec</c> [latents, width], <c>b_enc</c>, <c>b_dec</c>, and a JSON file
/// with <c>act_size</c> and <c>dict_size</c> beside it: the code of Neel Nanda's 1L-Sparse-SAE and of what grew out of it, such as
/// the attention SAEs of hook_z and the BatchTopK repository.
/// </summary>
/// <remarks>
/// ReLU, TopK (ReLU, then the k largest), a batch's TopK by its stored threshold; all subtract <c>b_dec</c> first. JumpReLU does not
/// (BatchTopK, <c>sae.py</c>).
/// </remarks>
internal static class PlainStateDictReader
{
    private const string WidthKey = "act_size";
    private const string LatentsKey = "dict_size";
    private const string LogThresholdName = "jumprelu.log_threshold";

    /// <summary>The configuration of some weights: <c>NAME_cfg.json</c>, <c>cfg.json</c> or <c>config.json</c> beside them.</summary>
    public static string? ConfigurationOf(string file) =>
        ImportPath.ConfigurationOf(file, Path.GetFileNameWithoutExtension(file) + "_cfg.json", "cfg.json", "config.json");

    public static bool Claims(IReadOnlyCollection<string> tensors, JsonSettings? configuration) =>
        tensors.Contains("W_enc") && tensors.Contains("W_dec") && configuration is not null && configuration.Has(WidthKey)
            && configuration.Has(LatentsKey);

    public static SavedSae Read(string path)
    {
        var file = ImportPath.OnlyFileOf(path, "sae.pt", "*.pt");
        var settings = JsonSettings.Read(ConfigurationOf(file) ?? ImportPath.Beside(file, "config.json"));
        RequireRepresentable(settings);
        if (!settings.Has("act_name") && !settings.Has("hook_point"))
        {
            Transcoders.RefusePath(file);
        }

        var tensors = ImportTensors.OfTorch(file, TorchFile.Read(file));
        var type = settings.Text("sae_type", "vanilla").ToLowerInvariant();
        var sae = Create(settings, tensors, type);
        tensors.RequireAllRead($"a {type} SAE of this layout");
        settings.RequireSize(WidthKey, sae.Width, "columns");
        settings.RequireSize(LatentsKey, sae.Latents, "latents");
        return new SavedSae(sae)
        {
            TrainingArchitecture = type == "vanilla" ? "relu" : type,
            Metadata = ImportedMetadata.Create(
                SaeLayout.PlainStateDict, ("model_name", settings.Root["model_name"]),
                ("hook_name", settings.Root["act_name"] ?? settings.Root["hook_point"]),
                ("seed", settings.Root["seed"])),
        };
    }

    private static Sae Create(JsonSettings settings, ImportTensors tensors, string type)
    {
        var encoder = tensors.Matrix("W_enc").Transpose();
        var (latents, width) = (encoder.Rows, encoder.Columns);
        var decoder = tensors.Matrix("W_dec", latents, width);
        if (settings.FlagOrText("tied_weights", false))
        {
            decoder = encoder.Clone();
        }

        var (encoderBias, decoderBias) = (tensors.Vector("b_enc", latents), tensors.Vector("b_dec", width));
        switch (type)
        {
            case "vanilla":
                return Sae.Standard(encoder, decoder, encoderBias, decoderBias);
            case "topk":
                RequireBiasKnown(settings, tensors, encoderBias);
                return Sae.TopK(encoder, decoder, encoderBias, decoderBias, K(settings).Require(latents));
            case "batchtopk" or "batch_topk" or "global-matryoshka-topk":
                RequireBiasKnown(settings, tensors, encoderBias);
                _ = K(settings).Find(latents);
                return Sae.JumpRelu(encoder, decoder, encoderBias, decoderBias, StoredThreshold(settings, tensors, latents));
            case "jumprelu":
                var thresholds = Array.ConvertAll(tensors.Vector(LogThresholdName, latents), value => (float)Transcendental.Exp(value));
                return Sae.JumpRelu(encoder, decoder, encoderBias, decoderBias, thresholds).WithoutSubtraction();
            default:
                throw settings.Wrong(
                    "sae_type", $"is '{type}'; vanilla, topk, batchtopk with a threshold, and jumprelu can be represented");
        }
    }

    private static StatedK K(JsonSettings settings) => new StatedK(settings.Path).Add(settings, "top_k").Add(settings, "k");

    private static float[] StoredThreshold(JsonSettings settings, ImportTensors tensors, int latents)
    {
        if (!tensors.Has("threshold"))
        {
            throw settings.Wrong(
                "sae_type",
                "selects among all rows of a batch, and the weights hold no 'threshold': a row alone has no latents, so nothing here does "
                    + "the same");
        }

        var threshold = tensors.Number("threshold");
        return threshold > 0 ? [.. Enumerable.Repeat((float)threshold, latents)] : throw new InvalidFileException(
            tensors.Path, $"its threshold is {threshold}, never set: it would keep every positive latent");
    }

    // The published TopK classes have an encoder's bias and do not add it; versions with a flag do where it is set.
    private static void RequireBiasKnown(JsonSettings settings, ImportTensors tensors, float[] encoderBias)
    {
        if (settings.Has("use_encoder_bias"))
        {
            if (!settings.FlagOrText("use_encoder_bias", true))
            {
                Array.Clear(encoderBias);
            }
        }
        else if (Array.Exists(encoderBias, value => value != 0))
        {
            throw new InvalidFileException(
                tensors.Path,
                "has an encoder's bias (b_enc) other than zeros, which some versions of TopK in this layout add and some do not; "
                + "say which by \"use_encoder_bias\": true or false in the configuration");
        }
    }

    private static void RequireRepresentable(JsonSettings settings)
    {
        if (settings.FlagOrText("input_unit_norm", false))
        {
            throw settings.Wrong(
                "input_unit_norm",
                "is set: each row is normalised by its own mean and deviation, and that is undone after decoding: no weights do the same; "
                + "normalise the activations and train on those");
        }

        if (settings.Text("activation", "relu") is not "relu" and var activation)
        {
            throw settings.Wrong("activation", $"is '{activation}'; only relu can be represented");
        }
    }
}
