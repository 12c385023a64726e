using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Numerics.Kernels;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace PublishedTables.Measures;

/// <summary>
/// The scores of the original project, computed as it did: latents that never fire take part, chance
/// is that of isotropic decoders, and pairs of seeds count as independent observations.
/// </summary>
internal sealed record AsPublishedScores
{
    private static readonly int[] Ranks = [8, 16, 32, 64, 128];

    /// <summary>Absolute cosine, best match, both directions averaged: each dictionary against each; the diagonal is 1.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> PwmccAsPublished { get; init; }

    /// <summary>The same for as many isotropic decoders.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> RandomPwmccAsPublished { get; init; }

    /// <summary>Are trained pairs above random ones? Null with fewer than two dictionaries.</summary>
    public MannWhitney? MannWhitneyAsPublished { get; init; }

    /// <summary>Overlap of the leading directions of all decoder rows.</summary>
    public required IReadOnlyList<SubspaceOverlapAsPublished> SubspaceOverlapAsPublished { get; init; }

    /// <summary>"Fourier overlap" of each dictionary.</summary>
    public required IReadOnlyList<double> FourierOverlapsAsPublished { get; init; }

    /// <summary>The same for each of the isotropic decoders.</summary>
    public required IReadOnlyList<double> RandomFourierOverlapsAsPublished { get; init; }

    /// <summary>Mean over the pairs; null with fewer than two dictionaries.</summary>
    public double? MeanPwmcc() => Mean(PwmccAsPublished);

    /// <summary>Mean over the pairs of isotropic decoders; null with fewer than two dictionaries.</summary>
    public double? MeanRandomPwmcc() => Mean(RandomPwmccAsPublished);

    /// <summary>The similarity of two dictionaries, dead latents included.</summary>
    public static double Pwmcc(LatentDictionary first, LatentDictionary second, Workers? workers = null) =>
        DictionarySimilarity.Between(first, second, SimilarityOptions.AsPublished, workers).Value;

    /// <summary>Computes the scores.</summary>
    /// <param name="dictionaries">At least one, all of one shape.</param>
    /// <param name="modulus">The modulus p of the task, odd.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">There is no dictionary.</exception>
    public static AsPublishedScores Of(IReadOnlyList<LatentDictionary> dictionaries, int modulus, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        DictionarySet.Require(dictionaries, 1, activations: null);
        LatentDictionary[] random = [.. dictionaries.Select((dictionary, index) => new LatentDictionary(
            FormattableString.Invariant($"random {index}"),
            RandomDirections.Isotropic(dictionary.Latents, dictionary.Width, new RandomStream(0, "published.random", (uint)index))))];
        var trained = SimilarityMatrix.Of(dictionaries, SimilarityOptions.AsPublished, workers);
        var chance = SimilarityMatrix.Of(random, SimilarityOptions.AsPublished, workers);
        return new AsPublishedScores
        {
            PwmccAsPublished = trained,
            RandomPwmccAsPublished = chance,
            MannWhitneyAsPublished = dictionaries.Count > 1 ? MannWhitney.Test(Pairs(trained), Pairs(chance)) : null,
            SubspaceOverlapAsPublished = dictionaries.Count > 1 ? Overlaps(dictionaries, random, workers) : [],
            FourierOverlapsAsPublished =
                [.. dictionaries.Select(dictionary => FourierOverlapAsPublished.Of(dictionary.Decoder, modulus))],
            RandomFourierOverlapsAsPublished =
                [.. random.Select(dictionary => FourierOverlapAsPublished.Of(dictionary.Decoder, modulus))],
        };
    }

    private static List<SubspaceOverlapAsPublished> Overlaps(
        IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<LatentDictionary> random, Workers? workers)
    {
        var width = dictionaries[0].Width;
        var trainedBases = Bases(dictionaries, workers);
        var randomBases = Bases(random, workers);
        return [.. Ranks.Where(rank => rank <= width && rank <= dictionaries.Min(dictionary => dictionary.Latents)).Select(
            rank => new SubspaceOverlapAsPublished(rank, MeanOverlap(trainedBases, rank), MeanOverlap(randomBases, rank)))];
    }

    private static double[][,] Bases(IReadOnlyList<LatentDictionary> dictionaries, Workers? workers) =>
        [.. dictionaries.Select(dictionary => Subspace.Top(UnitRows.Of(dictionary.Decoder), dictionary.Width, workers))];

    private static double MeanOverlap(double[][,] bases, int rank)
    {
        var leading = Array.ConvertAll(bases, basis => Subspace.Leading(basis, rank));
        return Pairs(leading.Length).Average(pair => Subspace.Overlap(leading[pair.First], leading[pair.Second]));
    }

    private static double? Mean(IReadOnlyList<IReadOnlyList<double>> matrix) =>
        matrix.Count < 2 ? null : Pairs(matrix.Count).Average(pair => matrix[pair.First][pair.Second]);

    private static double[] Pairs(double[][] matrix) => [.. Pairs(matrix.Length).Select(pair => matrix[pair.First][pair.Second])];

    private static IEnumerable<(int First, int Second)> Pairs(int count) =>
        Enumerable.Range(0, count).SelectMany(first => Enumerable.Range(first + 1, count - first - 1).Select(second => (first, second)));
}

/// <summary>Overlap of the leading directions of decoders, ||U1ᵀ U2||² / k.</summary>
/// <param name="Rank">Number k of directions.</param>
/// <param name="Trained">Mean over pairs of trained decoders.</param>
/// <param name="Random">Mean over pairs of isotropic ones.</param>
internal sealed record SubspaceOverlapAsPublished(int Rank, double Trained, double Random);
