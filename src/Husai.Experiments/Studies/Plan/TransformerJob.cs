using Husai.Analysis.Circuits;
using Husai.Experiments.Folders;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Transformers.Models;
using Husai.Transformers.Training;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Makes a transformer and measures it.</summary>
/// <param name="transformer">The transformer.</param>
/// <param name="seed">Its seed.</param>
/// <param name="source">The transformer that it is made from; null where it is made from nothing.</param>
internal abstract class TransformerJob(StudyTransformer transformer, long seed, TransformerJob? source = null)
    : Job($"transformers/{PlaceOf(transformer, seed)}", source is null ? [] : [source])
{
    public StudyTransformer Transformer { get; } = transformer;

    public long Seed { get; } = seed;

    /// <summary>How tables and figures call it.</summary>
    public string Label => FormattableString.Invariant($"{Transformer.Name}-s{Seed}");

    /// <summary>The part of folder names that says which transformer.</summary>
    public string Place => PlaceOf(Transformer, Seed);

    public TransformerRunOptions Options => Transformer.OptionsFor(Seed);

    /// <summary>The transformer that it is made from; null where it is made from nothing.</summary>
    protected TransformerJob? Source { get; } = source;

    /// <summary>Norms of the embedding at each frequency.</summary>
    protected static double[] SpectrumOf(Transformer model) =>
        EmbeddingSpectrum.Norms(model.Parameters["embed.W_E"].Values, model.Task.Modulus);

    private static string PlaceOf(StudyTransformer transformer, long seed) => $"{transformer.Name}/{RunFolders.OfSeed(seed)}";
}
