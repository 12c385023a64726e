using System.Globalization;
using Husai.Autoencoders.Activations;
using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;

namespace Husai.Experiments.Saes;

/// <summary>A place in a trained transformer whose activations an SAE is trained on.</summary>
/// <param name="Checkpoint">The transformer.</param>
/// <param name="Hook">The site and its layer.</param>
internal sealed record TransformerSite(TransformerCheckpoint Checkpoint, HookPoint Hook)
{
    /// <summary>The site.</summary>
    public ActivationSite Site => Hook.Site;

    /// <summary>The layer, from 0 on.</summary>
    public int Layer => Hook.Layer;

    /// <summary>Checks that a transformer has a site.</summary>
    /// <param name="checkpoint">The transformer.</param>
    /// <param name="site">The site.</param>
    /// <param name="layer">The layer, from 0 on.</param>
    /// <exception cref="InvalidFileException">The transformer has no such layer, or no such site in it.</exception>
    public static TransformerSite Open(TransformerCheckpoint checkpoint, ActivationSite site, int layer)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (layer < 0 || layer >= checkpoint.Model.Options.Layers)
        {
            throw new InvalidFileException(
                checkpoint.Directory, $"has no layer {layer}: the transformer has the layers 0 to {checkpoint.Model.Options.Layers - 1}");
        }

        return site == ActivationSite.Embed && layer > 0
            ? throw new InvalidFileException(checkpoint.Directory, $"has no site {site.NameOf()} in layer {layer}: only layer 0 has it")
            : new TransformerSite(checkpoint, new HookPoint(site, layer));
    }

    /// <summary>The activations at the read position, a row for each input.</summary>
    public Matrix Activations(Workers workers) => Checkpoint.Model.Activations(Site, Layer, workers: workers);

    /// <summary>What an SAE that is trained on these activations says of itself.</summary>
    public Provenance Provenance() => new()
    {
        ModelName = Husai.Autoencoders.Activations.Provenance.OwnModel,
        ModelClass = "HookedTransformer",
        ModelHash = Checkpoint.WeightsHash,
        HookName = Hook.Name,
        Site = Site.NameOf(),
        Layer = Layer,
        Position = Checkpoint.Task.ReadPosition.ToString(CultureInfo.InvariantCulture),
        ContextSize = Checkpoint.Task.Positions.Count,
        PrependsBos = false,
        Dataset = DatasetOf(Checkpoint.Task.Name, Checkpoint.Task.Modulus.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>
    /// What an SAE that is trained on stored activations says of itself: what the file is known to hold, or its name alone.
    /// </summary>
    /// <param name="path">The file or store, as <c>husai activations extract</c> or another program wrote it.</param>
    /// <exception cref="InvalidFileException">The file or the description beside it is damaged.</exception>
    public static Provenance ProvenanceOf(string path)
    {
        if (StoreDescription.IsStore(path))
        {
            return ProvenanceOf(path, StoreDescription.Read(path).Source);
        }

        if (ActivationSources.IsTable(path) || ActivationPath.FilesOf(path) is not [var file])
        {
            return new Provenance { Dataset = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) };
        }

        var description = ActivationExport.ReadDescription(file);
        string? Text(string key) => description.GetValueOrDefault(key);
        if (Text(ActivationExport.SiteKey) is not { } site || !ActivationSites.Names.Contains(site)
            || !int.TryParse(Text(ActivationExport.LayerKey), NumberStyles.None, CultureInfo.InvariantCulture, out var layer))
        {
            return new Provenance { Dataset = Path.GetFileName(path) };
        }

        return new Provenance
        {
            ModelName = Husai.Autoencoders.Activations.Provenance.OwnModel,
            ModelClass = "HookedTransformer",
            ModelHash = Text(ActivationExport.WeightsHashKey),
            HookName = new HookPoint(ActivationSites.Parse(site), layer).Name,
            Site = site,
            Layer = layer,
            Position = Text(ActivationExport.PositionKey),
            Dataset = Text(ActivationExport.TaskKey) is { } task && Text(ActivationExport.ModulusKey) is { } modulus
                ? DatasetOf(task, modulus)
                : Path.GetFileName(path),
        };
    }

    private static Provenance ProvenanceOf(string path, StoreSource source) => new()
    {
        ModelName = source.Model,
        ModelHash = source.ModelHash,
        HookName = source.Tensor,
        Site = source.Site,
        Layer = source.Layer,
        Position = source.Rows,
        ContextSize = source.ContextLength,
        Dataset = source.Corpus ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
    };

    private static string DatasetOf(string task, string modulus) => $"{task} mod {modulus}, all inputs";
}
