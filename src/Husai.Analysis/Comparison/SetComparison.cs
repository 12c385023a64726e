using Husai.Numerics;

namespace Husai.Analysis;

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

    /// <summary>Mean similarity of dictionaries of different sets.</summary>
    public required double Between { get; init; }

    /// <summary>Permutation of the labels over seeds; statistic: mean within the first set minus mean within the second.</summary>
    public required TestResult Permutation { get; init; }

    /// <summary>The same on chance-corrected similarities, each against the level at its own numbers of latents: fair where the sets differ in size.</summary>
    public required TestResult PermutationOfKappa { get; init; }

    /// <summary>Hedges' g of the seeds' mean similarities to the other seeds of their set.</summary>
    public required double HedgesG { get; init; }

    /// <summary>Tests over pairs of seeds as they have been published; they take dependent pairs for independent observations.</summary>
    public required PairTests AsPublished { get; init; }

    /// <summary>Compares two sets.</summary>
    /// <param name="first">At least two dictionaries.</param>
    /// <param name="second">At least two dictionaries of the same width.</param>
    /// <param name="options">How similarity and chance are measured.</param>
    /// <param name="activations">Covariance of the activations, or null.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told the number of pairs compared so far.</param>
    /// <exception cref="ArgumentException">A set has fewer than two dictionaries, or widths differ.</exception>
    public static SetComparison Of(
        IReadOnlyList<LatentDictionary> first, IReadOnlyList<LatentDictionary> second, StabilityOptions? options = null,
        Covariance? activations = null, Workers? workers = null, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options ??= new StabilityOptions();
        DictionarySet.Require(first, 2, activations);
        DictionarySet.Require(second, 2, activations);
        LatentDictionary[] all = [.. first, .. second];
        DictionarySet.Require(all, 4, activations);
        var matrix = SimilarityMatrix.Of(all, options.Similarity, workers, progress);
        var summaries = new SetSummaries(all, first.Count, matrix, options, activations, workers);
        return new SetComparison
        {
            Options = options.Similarity,
            A = summaries.First,
            B = summaries.Second,
            Matrix = SimilarityMatrix.ToRows(matrix),
            Between = summaries.Between,
            Permutation = PermutationTest.Within(matrix, first.Count, seed: options.ChanceSeed),
            PermutationOfKappa = PermutationTest.Within(summaries.KappaMatrix(), first.Count, seed: options.ChanceSeed),
            HedgesG = summaries.HedgesG,
            AsPublished = summaries.PairTests,
        };
    }
}
