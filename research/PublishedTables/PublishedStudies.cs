using System.Globalization;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results;
using PublishedTables.Measures;

namespace PublishedTables;

/// <summary>The studies in <c>configs/</c>, by the names of their configurations.</summary>
/// <param name="input">What the studies found.</param>
/// <param name="measures">The original's measures on it.</param>
internal sealed class PublishedStudies(ResultsInput input, StudyMeasures measures)
{
    public const string Original = "published-original";
    public const string February = "published-february";
    public const string Layers = "published-layers";
    public const string Tasks = "published-tasks";
    public const string Seeds = "published-seeds";
    public const string Right = "published-right";
    public const string HeadlineTopK = "headline_topk";
    public const string HeadlineRelu = "headline_relu";
    public const string FebruaryTopK = "february_topk";
    public const string FebruaryDirections = "february_directions";
    public const string Epochs = "epochs_topk";
    public const string Subspaces = "subspace_1024";
    public const string Layer0 = "layer_0";
    public const string Layer0Headline = "layer_0_headline";
    public const string Multiplication = "task_multiplication";

    /// <summary>The width of (b) that is also the sparsity k = 32.</summary>
    private const int SharedWidth = 128;

    public static string Width(int latents) => "width_" + latents.ToString(CultureInfo.InvariantCulture);

    public static string Sparsity(int k) =>
        k == 32 ? Width(SharedWidth) : "sparsity_" + k.ToString(CultureInfo.InvariantCulture);

    /// <summary>Pinning of a share of the decoder, in per mille.</summary>
    public static string Pinned(double fraction) => "pinned_" + ((int)Math.Round(1000 * fraction)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a study has anything of the given name.</summary>
    public bool Has(string study) => input.Rows.Any(row => row.Study == study);

    /// <summary>The transformers at each site.</summary>
    public IReadOnlyList<TransformerRow> Transformers => input.Transformers;

    /// <summary>A configuration made as published, on a transformer of a number of layers where there are several.</summary>
    public ConfigurationResults? Made(string name, string family = "") => input.Rows.FirstOrDefault(
        row => row.Study is not (Right or Seeds) && row.Name == name && (family.Length == 0 || row.Family == family));

    /// <summary>A configuration of the study that asks the same on a transformer that reads at '='.</summary>
    public ConfigurationResults? AskedRight(string name) =>
        input.Rows.FirstOrDefault(row => row.Study == Right && row.Name == name)?.OnFirstTransformer();

    /// <summary>The original's measures on a configuration; null where there are none.</summary>
    public AsPublishedConfiguration? Measured(ConfigurationResults? configuration) => measures.Of(configuration);

    /// <summary>Shares of the embedding of a study's first transformer; empty where there is none.</summary>
    public IReadOnlyList<FourierR2> Embedding(string study) =>
        Transformers.FirstOrDefault(row => row.Study == study) is { } row ? measures.EmbeddingOf(study, row.Name) : [];

    /// <summary>Shares of the embedding of a transformer; empty where there is none.</summary>
    public IReadOnlyList<FourierR2> Embedding(string study, string transformer) => measures.EmbeddingOf(study, transformer);

    /// <summary>A configuration made as published, on every transformer.</summary>
    public IEnumerable<ConfigurationResults> All(string name) => input.Rows.Where(row => row.Study != Right && row.Name == name);

    /// <summary>"Fourier overlap" of every SAE that was made as published, with its number of latents; each SAE once.</summary>
    public IEnumerable<(int Latents, double Overlap)> SingleFourierOverlaps() =>
        from row in input.Rows
        where row.Study != Right
        from overlap in Measured(row)?.Scores.FourierOverlapsAsPublished ?? []
        select (row.Latents, overlap);

    /// <summary>Mean over pairs of the published similarity.</summary>
    public double? Pwmcc(string name, string family = "") => Measured(Made(name, family))?.Scores.MeanPwmcc();

    /// <summary>Effective rank of a transformer's activations at the layer of its SAEs.</summary>
    public double? EffectiveRank(string study, string name) =>
        input.Transformers.FirstOrDefault(row => row.Study == study && row.Name.StartsWith(name + "-", StringComparison.Ordinal))
            ?.EffectiveRank;
}
