using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Comparison;

/// <summary>Compares the stability of two sets of dictionaries. The sample are the seeds.</summary>
public sealed record SetComparison
{
    /// <summary>The similarity.</summary>
    public required SimilarityOptions Options { get; init; }

    /// <summary>The first set.</summary>
    public required SetSummary A { get; init; }

    /// <summary>The second set.</summary>
    public required SetSummary B { get; init; }

    /// <summary>Similarity of all dictionaries, those of the first set first.</summary>
    public required double[][] Matrix { get; init; }

    /// <summary>Kappa of every two, 1 on the diagonal; null where they share their start, or chance leaves no room.</summary>
    public required double?[][] KappaMatrix { get; init; }

    /// <summary>
    /// Mean similarity of dictionaries of different sets; pairs that share their start are left out, and null when all do.
    /// </summary>
    public required double? Between { get; init; }

    /// <summary>Pairs whose trainings began at the same weights, by their numbers in <see cref="Matrix"/>.</summary>
    public required IReadOnlyList<SharedStart> SharedStarts { get; init; }

    /// <summary>Kappa of the first set minus that of the second; null where one has none.</summary>
    public required KappaDifference? Difference { get; init; }

    /// <summary>Permutation of the labels over seeds, on <see cref="KappaMatrix"/>; null where a set has no pair left.</summary>
    public required TestResult? Permutation { get; init; }

    /// <summary>Tests over pairs of seeds as they have been published; they take dependent pairs for independent observations.</summary>
    public required PairTests AsPublished { get; init; }

    /// <summary>Compares two sets.</summary>
    /// <param name="first">At least two dictionaries.</param>
    /// <param name="second">At least two dictionaries of the same width.</param>
    /// <param name="options">How similarity and chance are measured.</param>
    /// <param name="activations">Covariance of the activations, or null.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far each stage has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentException">A set has fewer than two dictionaries, or widths differ.</exception>
    public static SetComparison Of(
        IReadOnlyList<LatentDictionary> first, IReadOnlyList<LatentDictionary> second, StabilityOptions? options = null,
        Covariance? activations = null, Workers? workers = null,
        Action<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        DictionarySet.Require(first, 2, activations);
        DictionarySet.Require(second, 2, activations);
        return SeedComparison.Of(
            [new ComparedSet("a", first), new ComparedSet("b", second)], options, activations, workers, progress,
            cancellation).Compare(0, 1);
    }
}
