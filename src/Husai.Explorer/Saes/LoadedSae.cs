using Husai.Analysis.Similarity;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Storage;
using Husai.Numerics.Kernels;
using Husai.Reporting.Data;

namespace Husai.Explorer.Saes;

/// <summary>What pages need of an SAE, in memory.</summary>
internal sealed class LoadedSae
{
    // What the comparisons take where nothing else is said.
    private static readonly SimilarityOptions Usual = new();

    /// <summary>A latent that fires on a smaller share of the rows is dead.</summary>
    public static double DeadThreshold => Usual.DeadThreshold;

    private LoadedSae(LatentDictionary dictionary, IReadOnlyList<NamedValue> facts)
    {
        Dictionary = dictionary;
        Facts = facts;
        Norms = new double[dictionary.Latents];
        Reductions.RowSumsOfSquares(Norms, dictionary.Decoder);
        for (var latent = 0; latent < Norms.Length; latent++)
        {
            Norms[latent] = Math.Sqrt(Norms[latent]);
        }
    }

    public LatentDictionary Dictionary { get; }

    /// <summary>What its folder says of it.</summary>
    public IReadOnlyList<NamedValue> Facts { get; }

    /// <summary>Length of each decoder row.</summary>
    public double[] Norms { get; }

    public int Latents => Dictionary.Latents;

    /// <summary>Live latents: all, where nothing is known of their firing.</summary>
    public int Live => Enumerable.Range(0, Latents).Count(IsLive);

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => 4L * Dictionary.Latents * Dictionary.Width;

    /// <summary>Reads a folder.</summary>
    public static LoadedSae Read(string folder)
    {
        var saved = SaeFolder.LoadDirections(folder);
        var dictionary = new LatentDictionary(folder, saved.Decoder, firingFrequencies: saved.FiringFrequencies);
        var named = saved.Metadata.Where(entry => entry.Value is not null)
            .Select(entry => new NamedValue(entry.Key, entry.Value!.ToString()));
        return new LoadedSae(dictionary, [.. named]);
    }

    /// <summary>Share of the rows on which a latent fires; null where the folder does not say.</summary>
    public double? Frequency(int latent) => Dictionary.FiringFrequencies?[latent];

    /// <summary>Whether a latent takes part in comparisons.</summary>
    public bool IsLive(int latent) => Frequency(latent) is not { } frequency || frequency >= DeadThreshold;

    /// <summary>How many latents fire how often; null where the folder does not say.</summary>
    public FiringHistogram? Histogram() => Dictionary.FiringFrequencies is { } frequencies ? FiringHistogram.Of(frequencies) : null;
}
