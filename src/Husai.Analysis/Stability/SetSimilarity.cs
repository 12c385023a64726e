using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>One similarity over a set of dictionaries, beside chance.</summary>
/// <param name="Matrix">Similarity of every two, 1 on the diagonal.</param>
/// <param name="Value">Mean over the pairs with its jackknife interval over seeds; without ends for two dictionaries.</param>
/// <param name="Chance">Chance levels, the mean over the pairs, each at its own numbers of live latents.</param>
public sealed record SetSimilarity(double[][] Matrix, Interval Value, ChanceLevels Chance)
{
    /// <summary>Measures a set.</summary>
    /// <param name="dictionaries">At least two, of one width; they may differ in the number of latents.</param>
    /// <param name="options">The similarity, its confidence, and how chance is drawn.</param>
    /// <param name="activations">Covariance of the activations that they describe; without it the covariance-matched level uses the decoders' own second moments.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentException">Fewer than two dictionaries, different widths, or no live latents.</exception>
    public static SetSimilarity Of(
        IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions? options = null, Covariance? activations = null, Workers? workers = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        options ??= new StabilityOptions();
        DictionarySet.Require(dictionaries, 2, activations);
        var selections = dictionaries.Select(dictionary => LatentSelection.Of(dictionary, options.Similarity)).ToArray();
        var covariance = activations
            ?? DictionarySet.SecondMoments([.. dictionaries.Zip(selections, (dictionary, selection) => selection.RowsOf(dictionary.Decoder))], workers);
        var matrix = SimilarityMatrix.Of(dictionaries, options.Similarity, workers, cancellation: cancellation);
        return new SetSimilarity(
            SimilarityMatrix.ToRows(matrix), Jackknife.OfPairs(matrix, options.Confidence),
            SetChance.For(
                [.. selections.Select(selection => selection.Latents.Length)], covariance, activations is null ? "decoders" : "activations", options, workers, cancellation));
    }
}
