using Husai.Analysis.Chance;
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

    private readonly Lazy<double> _isotropic;
    private readonly Lazy<double> _isotropicWithin;

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

        Live = Enumerable.Range(0, Latents).Count(IsLive);

        // Some milliseconds of arithmetic, the same for all latents.
        _isotropic = new(() => Level(Live));
        _isotropicWithin = new(() => Level(Live - 1));
    }

    public LatentDictionary Dictionary { get; }

    /// <summary>What its folder says of it.</summary>
    public IReadOnlyList<NamedValue> Facts { get; }

    /// <summary>Length of each decoder row.</summary>
    public double[] Norms { get; }

    public int Latents => Dictionary.Latents;

    /// <summary>Live latents: all, where nothing is known of their firing.</summary>
    public int Live { get; }

    /// <summary>The expected largest cosine of one isotropic direction with as many as there are live latents.</summary>
    public double Isotropic => _isotropic.Value;

    /// <summary>The same with one latent less: the level of a live latent among the others.</summary>
    public double IsotropicWithin => _isotropicWithin.Value;

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

    private double Level(int candidates) =>
        Dictionary.Width >= 2 && candidates >= 1 ? IsotropicMaximum.Signed(Dictionary.Width, candidates) : double.NaN;

    /// <summary>How many latents fire how often; null where the folder does not say.</summary>
    public FiringHistogram? Histogram() => Dictionary.FiringFrequencies is { } frequencies ? FiringHistogram.Of(frequencies) : null;
}
