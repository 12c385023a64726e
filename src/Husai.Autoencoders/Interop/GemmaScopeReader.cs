using Husai.Formats;
using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>
/// Gemma Scope: JumpReLU, the decoder's bias not subtracted from the input. The first release is <c>params.npz</c>, the second
/// <c>params.safetensors</c> with a <c>config.json</c>; some write the names of the weights in capitals, some in small letters.
/// </summary>
internal static class GemmaScopeReader
{
    public const string FileName = "params.npz";
    public const string SecondFileName = "params.safetensors";
    public const string ConfigurationName = "config.json";
    private const string Kind = "a JumpReLU autoencoder of Gemma Scope";
    private static readonly string[] Known = ["W_enc", "w_enc", "W_dec", "w_dec", "b_enc", "b_dec", "threshold", "scaling_factor"];

    /// <summary>The first release.</summary>
    public static SavedAutoencoder Read(string path)
    {
        var file = ImportPath.OnlyFileOf(path, FileName, "*.npz");
        var tensors = new ImportTensors(file, NumpyArchive.Read(file, Known), NumpyArchive.ReadNames(file));
        Transcoders.RefusePath(file);
        return new SavedAutoencoder(Create(tensors))
        {
            TrainingArchitecture = "jumprelu",
            Metadata = ImportedMetadata.Create(SaeLayout.GemmaScope),
        };
    }

    /// <summary>The second release.</summary>
    public static SavedAutoencoder ReadSecond(string path)
    {
        var file = ImportPath.FileOf(path, SecondFileName);
        var settings = ImportPath.ConfigurationOf(file, ConfigurationName) is { } configuration ? JsonSettings.Read(configuration) : null;
        if (settings is null || !settings.Has("type"))
        {
            Transcoders.RefusePath(file);
        }

        if (settings is not null)
        {
            RequireAutoencoder(settings);
        }

        var tensors = new ImportTensors(file, Safetensors.Read(file));
        RequireNoSkip(tensors);
        var autoencoder = Create(tensors);
        settings?.RequireSize("width", autoencoder.Latents, "latents");
        return new SavedAutoencoder(autoencoder)
        {
            TrainingArchitecture = "jumprelu",
            Metadata = ImportedMetadata.Create(
                SaeLayout.GemmaScope2, ("model_name", settings?.Root["model_name"]), ("hf_hook_name", settings?.Root["hf_hook_point_in"]),
                ("l0", settings?.Root["l0"])),
        };
    }

    private static void RequireAutoencoder(JsonSettings settings)
    {
        Transcoders.RefuseName(settings, "type");
        if (settings.Text("type", "sae") is not "sae" and var type)
        {
            throw settings.Wrong("type", $"is '{type}'; only 'sae' is a sparse autoencoder");
        }

        Transcoders.RefuseOtherOutput(settings, "hf_hook_point_in", "hf_hook_point_out");
        if (settings.Text("architecture", "jump_relu") is not ("jump_relu" or "jumprelu") and var architecture)
        {
            throw settings.Wrong("architecture", $"is '{architecture}'; only jump_relu can be represented");
        }

        foreach (var key in (string[])["affine_connection", "affine_skip_connection"])
        {
            if (settings.Flag(key, false))
            {
                throw settings.Wrong(key, "is set: a linear part beside the latents, which no sparse autoencoder has");
            }
        }
    }

    private static void RequireNoSkip(ImportTensors tensors)
    {
        foreach (var name in (string[])["affine_skip_connection", "W_skip"])
        {
            if (tensors.Has(name))
            {
                throw new InvalidFileException(
                    tensors.Path, $"has a skip connection ({name}): a linear part beside the latents, which no sparse autoencoder has");
            }
        }
    }

    private static Autoencoder Create(ImportTensors tensors)
    {
        var capitals = tensors.Has("W_enc");
        var encoder = tensors.Matrix(capitals ? "W_enc" : "w_enc").Transpose();
        var (latents, width) = (encoder.Rows, encoder.Columns);
        var autoencoder = Autoencoder.JumpRelu(
            encoder, tensors.Matrix(capitals ? "W_dec" : "w_dec", latents, width), tensors.Vector("b_enc", latents),
            tensors.Vector("b_dec", width), tensors.Vector("threshold", latents));
        FineTuning.RequireOnes(tensors, "scaling_factor", latents);
        tensors.RequireAllRead(Kind);
        return autoencoder.WithoutSubtraction();
    }
}
