using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Safetensors;

namespace Husai.Autoencoders.Interop;

/// <summary>sparsify's folder of one hookpoint. Encoder and decoder are both [latents, width] in it: nothing is transposed.</summary>
internal static class SparsifyReader
{
    public const string WeightsName = "sae.safetensors";
    public const string ConfigurationName = "cfg.json";
    private const int DefaultExpansionFactor = 32;

    public static SavedSae Read(string path)
    {
        // A folder is known by its configuration too.
        var folder = ImportPath.FolderOf(path);
        var file = Path.GetFileName(path) == ConfigurationName ? Path.Combine(folder, WeightsName) : ImportPath.FileOf(path, WeightsName);
        var settings = JsonSettings.Read(Path.Combine(folder, ConfigurationName));
        RequireSae(settings);
        var tensors = new ImportTensors(file, SafetensorsFile.Read(file));
        Transcoders.RefuseSkip(tensors, "W_skip");
        var width = settings.Size("d_in");
        var latents = Latents(settings, width);
        var sae = Sae.TopK(
            tensors.Matrix("encoder.weight", latents, width), tensors.Matrix("W_dec", latents, width),
            tensors.Vector("encoder.bias", latents), tensors.Vector("b_dec", width),
            new StatedK(settings.Path).Add(settings, "k").Require(latents));
        tensors.RequireAllRead("a topk SAE of sparsify");
        return new SavedSae(sae)
        {
            TrainingArchitecture = "topk",
            Metadata = ImportedMetadata.Create(
                SaeLayout.Sparsify, ("sparsify_hookpoint", Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))),
        };
    }

    // 0, the library's default, stands for "by the expansion factor".
    private static int Latents(JsonSettings settings, int width)
    {
        if (settings.Number("num_latents") is not (null or 0))
        {
            return settings.Size("num_latents");
        }

        var latents = (long)width * (settings.Has("expansion_factor") ? settings.Size("expansion_factor") : DefaultExpansionFactor);
        return latents <= int.MaxValue ? (int)latents : throw settings.Wrong("expansion_factor", "is too large");
    }

    private static void RequireSae(JsonSettings settings)
    {
        Transcoders.RefuseFlag(settings, "transcode");
        Transcoders.RefuseSkip(settings, "skip_connection");
        if (settings.Flag("signed", false))
        {
            throw settings.Wrong("signed", "is set: latents would be chosen by magnitude and be negative");
        }

        if (settings.Text("activation", "topk") is not "topk" and var activation)
        {
            throw settings.Wrong(
                "activation",
                $"is '{activation}'; only topk can be represented (groupmax takes the largest of each run of latents, which no SAELens "
                    + $"layout holds)");
        }
    }
}
