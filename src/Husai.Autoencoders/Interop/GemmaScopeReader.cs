using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Gemma Scope: JumpReLU, the decoder's bias not subtracted from the input. The first release is <c>params.npz</c>, the second
/// <c>params.safetensors</c> with a <c>config.json</c>; some write the names of the weights in capitals, some in small letters.
/// </summary>
internal static class GemmaScopeReader
{
    public const string FileName = "params.npz";
    public const string SecondFileName = "params.safetensors";
    private const string ConfigurationName = "config.json";
    private const string Kind = "a JumpReLU SAE of Gemma Scope";
    private static readonly string[] Known = ["W_enc", "w_enc", "W_dec", "w_dec", "b_enc", "b_dec", "threshold", "scaling_factor"];

    /// <summary>The first release.</summary>
    public static SavedSae Read(string path)
    {
        var file = ImportPath.OnlyFileOf(path, FileName, "*.npz");
        var tensors = new ImportTensors(file, NumpyArchive.Read(file, Known), NumpyArchive.ReadNames(file));
        Transcoders.RefusePath(file);
        return new SavedSae(Create(tensors))
        {
            TrainingArchitecture = "jumprelu",
            Metadata = ImportedMetadata.Create(SaeLayout.GemmaScope),
        };
    }

    /// <summary>The second release.</summary>
    public static SavedSae ReadSecond(string path)
    {
        var file = ImportPath.FileOf(path, SecondFileName);
        var settings = ImportPath.ConfigurationOf(file, ConfigurationName) is { } configuration ? JsonSettings.Read(configuration) : null;
        if (settings is null || !settings.Has("type"))
        {
            Transcoders.RefusePath(file);
        }

        if (settings is not null)
        {
            RequireSae(settings);
        }

        var tensors = new ImportTensors(file, SafetensorsFile.Read(file));
        Transcoders.RefuseSkip(tensors, "affine_skip_connection", "W_skip");
        var sae = Create(tensors);
        settings?.RequireSize("width", sae.Latents, "latents");
        return new SavedSae(sae)
        {
            TrainingArchitecture = "jumprelu",
            Metadata = ImportedMetadata.Create(
                SaeLayout.GemmaScope2, ("model_name", settings?.Root["model_name"]), ("hf_hook_name", settings?.Root["hf_hook_point_in"]),
                ("l0", settings?.Root["l0"])),
        };
    }

    private static void RequireSae(JsonSettings settings)
    {
        Transcoders.RefuseOtherType(settings, "type");
        Transcoders.RefuseOtherOutput(settings, "hf_hook_point_in", "hf_hook_point_out");
        if (settings.Text("architecture", "jump_relu") is not ("jump_relu" or "jumprelu") and var architecture)
        {
            throw settings.Wrong("architecture", $"is '{architecture}'; only jump_relu can be represented");
        }

        Transcoders.RefuseSkip(settings, "affine_connection", "affine_skip_connection");
    }

    private static Sae Create(ImportTensors tensors)
    {
        var capitals = tensors.Has("W_enc");
        var encoder = tensors.Matrix(capitals ? "W_enc" : "w_enc").Transpose();
        var (latents, width) = (encoder.Rows, encoder.Columns);
        var sae = Sae.JumpRelu(
            encoder, tensors.Matrix(capitals ? "W_dec" : "w_dec", latents, width), tensors.Vector("b_enc", latents),
            tensors.Vector("b_dec", width), tensors.Vector("threshold", latents));
        FineTuning.RequireOnes(tensors, "scaling_factor", latents);
        tensors.RequireAllRead(Kind);
        return sae.WithoutSubtraction();
    }
}
