using System.Globalization;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;

namespace Husai.Autoencoders.Interop;

/// <summary>dictionary_learning's <c>ae.pt</c> and the <c>config.json</c> that names its class.</summary>
internal static class DictionaryLearningReader
{
    public const string WeightsName = "ae.pt";
    public const string ConfigurationName = "config.json";
    private const string BackupPrefix = "ae.";

    public static SavedSae Read(string path)
    {
        var file = ImportPath.OnlyFileOf(path, WeightsName, "*.pt");

        // Checkpoints of a training lie in a folder of their own, its configuration a folder up.
        var configuration = JsonSettings.Read(
            ImportPath.ConfigurationOf(file, ConfigurationName) ?? ImportPath.Beside(file, ConfigurationName));
        RefuseTranscoder(configuration);
        var settings = configuration.Section("trainer");
        var content = TorchFile.Read(file);

        // A training that was not finished leaves its state dict under "ae", beside the optimiser, not yet scaled back.
        var isBackup = content.Tensors.Keys.Any(name => name.StartsWith(BackupPrefix, StringComparison.Ordinal));
        var tensors = ImportTensors.OfTorch(file, content, isBackup ? BackupPrefix : "");
        var scale = isBackup ? NormFactor(file, content) : 1;
        if (isBackup)
        {
            tensors.Ignore("step", "norm_factor", "config", "config.", "optimizer.", "scheduler.", "lr_scheduler.");
        }

        var (sae, method) = Create(settings, tensors, scale);
        tensors.RequireAllRead($"{settings.Text("dict_class")} of dictionary_learning");
        settings.RequireSize("dict_size", sae.Latents, "latents");
        settings.RequireSize("activation_dim", sae.Width, "columns");
        return new SavedSae(sae)
        {
            TrainingArchitecture = method,
            Metadata = ImportedMetadata.Create(
                SaeLayout.DictionaryLearning, ("model_name", settings.Root["lm_name"]), ("hook_name", settings.Root["submodule_name"]),
                ("hook_layer", settings.Root["layer"]), ("seed", settings.Root["seed"]), ("group_sizes", settings.Root["group_sizes"])),
        };
    }

    private static (Sae Sae, string Method) Create(JsonSettings settings, ImportTensors tensors, double scale)
    {
        var weights = new DictionaryLearningWeights(tensors, settings, scale);
        return settings.Text("dict_class") switch
        {
            "AutoEncoder" => (weights.Linear("bias").ToStandard(), "relu"),
            "AutoEncoderNew" => (weights.Linear("decoder.bias").ToStandard().WithoutSubtraction(), "relu"),
            "GatedAutoEncoder" => (weights.Linear("decoder_bias", isGated: true).ToGated(), "gated"),
            "AutoEncoderTopK" => (weights.Linear("b_dec").ToTopK(), "topk"),
            "BatchTopKSAE" => (weights.Linear("b_dec").ToThreshold(), "batchtopk"),

            // The library's own spelling at first.
            "MatryoshkaBatchTopKSAE" or "MatroyshkaBatchTopKSAE" => (weights.Plain().ToThreshold(), "matryoshka"),
            "JumpReluAutoEncoder" => (weights.Plain().ToJumpRelu().WithoutSubtraction(), "jumprelu"),
            var other => throw settings.Wrong("dict_class", $"is '{other}', which cannot be represented as an SAE"),
        };
    }

    private static void RefuseTranscoder(JsonSettings configuration)
    {
        if (configuration.SectionOrEmpty("buffer") is var buffer && buffer.Text("io", "out") is "in_and_out" or "in_to_out")
        {
            throw Transcoders.Refusal(buffer, "io", $"'{buffer.Text("io")}'");
        }
    }

    private static double NormFactor(string file, TensorFile content)
    {
        var value = content.Tensors.ContainsKey("norm_factor") ? new ImportTensors(file, content).Number("norm_factor")
            : !content.Metadata.TryGetValue("norm_factor", out var text) || text == "None" ? 1
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        return value > 0 && double.IsFinite(value)
            ? value : throw new InvalidFileException(file, "'norm_factor' is not a number above 0");
    }
}
