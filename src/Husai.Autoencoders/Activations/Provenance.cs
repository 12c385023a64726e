using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Husai.Autoencoders.Activations;

/// <summary>
/// Where an SAE's activations come from. Every command that writes an SAE writes this record into the <c>metadata</c> of <c>cfg.json</c>,
/// and every command that needs a model or a site reads it from there. Names are those of SAELens where it has one. What is not known is
/// null.
/// </summary>
public sealed record Provenance
{
    private const string ModelNameKey = "model_name";
    private const string ModelClassKey = "model_class_name";
    private const string ModelHashKey = "transformer_weights_hash";
    private const string HookNameKey = "hook_name";
    private const string SiteKey = "site";
    private const string LayerKey = "layer";
    private const string PositionKey = "position";
    private const string ContextKey = "context_size";
    private const string PrependBosKey = "prepend_bos";
    private const string DatasetKey = "dataset_path";
    private const string WorldHashKey = "world_hash";
    private const string SampleSeedKey = "world_sample_seed";
    private const string RowsKey = "activation_rows";
    private const string WidthKey = "activation_width";
    private const string HashKey = "activations_hash";

    // What earlier versions and SAELens before 6 call them.
    private const string EarlierModelHashKey = "model_hash";
    private const string EarlierLayerKey = "hook_layer";

    /// <summary>The name of the models that are trained here, all of them on arithmetic tasks.</summary>
    public const string OwnModel = "husai";

    /// <summary>Whether the activations are those of an arithmetic task.</summary>
    public bool IsArithmetic => ModelName == OwnModel;

    /// <summary>The model's name, such as <c>gpt2-small</c>.</summary>
    public string? ModelName { get; init; }

    /// <summary>The class that loads the model in TransformerLens' library, such as <c>HookedTransformer</c>.</summary>
    public string? ModelClass { get; init; }

    /// <summary>Hash of the model's weights.</summary>
    public string? ModelHash { get; init; }

    /// <summary>The hook in the spelling of TransformerLens, such as <c>blocks.0.hook_resid_post</c>.</summary>
    public string? HookName { get; init; }

    /// <summary>The site, such as <c>resid_post</c>.</summary>
    public string? Site { get; init; }

    /// <summary>The layer, from 0 on.</summary>
    public int? Layer { get; init; }

    /// <summary>The position of the sequence: its number, or <c>all</c>.</summary>
    public string? Position { get; init; }

    /// <summary>Number of positions of a sequence.</summary>
    public int? ContextSize { get; init; }

    /// <summary>Whether sequences begin with a token that marks the beginning.</summary>
    public bool? PrependsBos { get; init; }

    /// <summary>What the model read, or the name of the file with the activations.</summary>
    public string? Dataset { get; init; }

    /// <summary>Hash of the synthetic world that the activations are samples of.</summary>
    public string? WorldHash { get; init; }

    /// <summary>Seed of the samples of that world.</summary>
    public long? SampleSeed { get; init; }

    /// <summary>The activations themselves.</summary>
    public ActivationIdentity? Activations { get; init; }

    /// <summary>Reads the record from the metadata of <c>cfg.json</c>; entries of another type than expected count as unknown.</summary>
    /// <param name="metadata">The metadata.</param>
    public static Provenance Of(JsonObject metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        string? Text(string key) => metadata[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        long? Number(string key) => metadata[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            && long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        static int? Small(long? number) => number <= int.MaxValue ? (int?)number : null;
        return new Provenance
        {
            ModelName = Text(ModelNameKey),
            ModelClass = Text(ModelClassKey),
            ModelHash = Text(ModelHashKey) ?? Text(EarlierModelHashKey),
            HookName = Text(HookNameKey),
            Site = Text(SiteKey),
            Layer = Small(Number(LayerKey) ?? Number(EarlierLayerKey)),
            Position = Text(PositionKey),
            ContextSize = Small(Number(ContextKey)),
            PrependsBos = metadata[PrependBosKey] is JsonValue flag && flag.TryGetValue(out bool prepends) ? prepends : null,
            Dataset = Text(DatasetKey),
            WorldHash = Text(WorldHashKey),
            SampleSeed = Number(SampleSeedKey),
            Activations = Number(RowsKey) is { } rows && Number(WidthKey) is { } width and <= int.MaxValue && Text(HashKey) is { } hash
                ? new ActivationIdentity(rows, (int)width, hash) : null,
        };
    }

    /// <summary>Writes what is known into the metadata of <c>cfg.json</c>.</summary>
    /// <param name="metadata">The metadata; other entries stay.</param>
    public void WriteTo(JsonObject metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        void Set(string key, JsonNode? value)
        {
            if (value is not null)
            {
                metadata[key] = value;
            }
        }

        Set(ModelNameKey, ModelName);
        Set(ModelClassKey, ModelClass);
        Set(ModelHashKey, ModelHash);
        Set(HookNameKey, HookName);
        Set(SiteKey, Site);
        Set(LayerKey, Layer);
        Set(PositionKey, Position);
        Set(ContextKey, ContextSize);
        Set(PrependBosKey, PrependsBos);
        Set(DatasetKey, Dataset);
        Set(WorldHashKey, WorldHash);
        Set(SampleSeedKey, SampleSeed);
        Set(RowsKey, Activations?.Rows);
        Set(WidthKey, Activations?.Width);
        Set(HashKey, Activations?.Hash);
    }

    /// <summary>The same, with the activations identified.</summary>
    internal Provenance Identified(IActivationSource source) =>
        Activations is null ? this with { Activations = ActivationIdentity.Of(source) } : this;

    /// <summary>
    /// In what other activations differ from these, as <c>site mlp_out, not resid_post</c>; null if in nothing that is known of both.
    /// </summary>
    /// <param name="given">The other activations.</param>
    public string? DifferenceTo(Provenance given)
    {
        ArgumentNullException.ThrowIfNull(given);
        static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
        string? Of(string name, string? was, string? now) =>
            was is not null && now is not null && was != now ? $"{name} {Short(was)}, not {Short(now)}" : null;
        return Of("a transformer with weights", ModelHash, given.ModelHash)
            ?? Of("site", Site, given.Site)
            ?? Of("layer", Text(Layer), Text(given.Layer))
            ?? Of("position", Position, given.Position)
            ?? Of("a world with hash", WorldHash, given.WorldHash)
            ?? Of("samples of seed", Text(SampleSeed), Text(given.SampleSeed))
            ?? Of("activations", Activations?.ToString(), given.Activations?.ToString());
    }

    private static string Short(string text)
    {
        const int hashLength = 64;
        return text.Length == hashLength ? text[..12] : text;
    }
}
