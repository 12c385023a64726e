using System.Text.Json.Nodes;
using Husai.Autoencoders;
using Husai.Formats;
using Husai.Numerics;
using Husai.Transformers;

namespace Husai.Experiments.Autoencoders;

/// <summary>A place in a trained transformer whose activations an autoencoder is trained on.</summary>
/// <param name="Checkpoint">The transformer.</param>
/// <param name="Site">The site.</param>
/// <param name="Layer">The layer, from 0 on.</param>
public sealed record TransformerSite(TransformerCheckpoint Checkpoint, ActivationSite Site, int Layer)
{
    private const string SiteKey = "site";
    private const string LayerKey = "layer";

    /// <summary>Opens a checkpoint at a site.</summary>
    /// <param name="directory">The checkpoint's folder.</param>
    /// <param name="site">Name of the site.</param>
    /// <param name="layer">The layer, from 0 on.</param>
    /// <exception cref="InvalidFileException">The folder is no checkpoint, or the transformer has no such layer.</exception>
    public static TransformerSite Open(string directory, string site, int layer)
    {
        var checkpoint = TransformerCheckpoint.Load(directory);
        return layer >= 0 && layer < checkpoint.Model.Options.Layers
            ? new TransformerSite(checkpoint, ActivationSites.Parse(site), layer)
            : throw new InvalidFileException(
                directory, $"has no layer {layer}: the transformer has the layers 0 to {checkpoint.Model.Options.Layers - 1}");
    }

    /// <summary>Opens a checkpoint at the site that an autoencoder was trained on.</summary>
    /// <param name="directory">The checkpoint's folder.</param>
    /// <param name="saved">The autoencoder.</param>
    /// <exception cref="InvalidFileException">The folder is no checkpoint, or the autoencoder does not say where it belongs or is of another width.</exception>
    public static TransformerSite Of(string directory, SavedAutoencoder saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        if (saved.Metadata[SiteKey] is not JsonValue site || saved.Metadata[LayerKey] is not JsonValue layer
            || !site.TryGetValue(out string? name) || !layer.TryGetValue(out int number) || !ActivationSites.Names.Contains(name))
        {
            throw new InvalidFileException(directory, "the autoencoder's cfg.json does not say on which site and layer it was trained");
        }

        var result = Open(directory, name, number);
        var width = result.Checkpoint.Model.Width(result.Site);
        return width == saved.Autoencoder.Width
            ? result
            : throw new InvalidFileException(
                directory, $"{name} of the transformer has width {width}, but the autoencoder takes rows of width {saved.Autoencoder.Width}");
    }

    /// <summary>The activations at the read position, a row for each input.</summary>
    public Matrix Activations(Workers workers) => Checkpoint.Model.Activations(Site, Layer, workers: workers);

    /// <summary>What <c>cfg.json</c> says of the activations, in the names of SAELens and ours.</summary>
    public JsonObject Metadata() => new()
    {
        ["model_name"] = "husai",
        ["model_class_name"] = "HookedTransformer",
        ["hook_name"] = Site switch
        {
            ActivationSite.Embed => "hook_embed",
            ActivationSite.MlpHidden => $"blocks.{Layer}.mlp.hook_post",
            _ => $"blocks.{Layer}.hook_{Site.NameOf()}",
        },
        ["hook_head_index"] = null,
        ["context_size"] = Checkpoint.Task.Positions.Count,
        ["prepend_bos"] = false,
        ["dataset_path"] = null,
        [SiteKey] = Site.NameOf(),
        [LayerKey] = Layer,
        ["transformer_weights_hash"] = Checkpoint.WeightsHash,
    };
}
