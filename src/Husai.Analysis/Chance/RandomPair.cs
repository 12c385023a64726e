using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>The score of two random dictionaries under the same options as the real ones.</summary>
internal static class RandomPair
{
    public static ExtrapolatedScore Score(
        SimilarityOptions options, Func<Matrix> first, Func<Matrix> second, Workers? workers, CancellationToken cancellation)
    {
        // Encoder rows are drawn like decoder rows, and independently of them.
        var both = options.Weights == MatchedWeights.Both;
        var a = new LatentDictionary("random", first(), options.Weights == MatchedWeights.Decoder ? null : first());
        var b = new LatentDictionary("random", second(), both || options.Weights == MatchedWeights.Encoder ? second() : null);
        return ExtrapolatedScore.Applies(options, a.Latents, b.Latents)
            ? ExtrapolatedScore.Of(RowsOf(a, options), RowsOf(b, options), options, workers, cancellation)
            : new ExtrapolatedScore(DictionarySimilarity.Between(a, b, options, workers, cancellation).Value, 0);
    }

    private static ComparedRows RowsOf(LatentDictionary dictionary, SimilarityOptions options) =>
        ComparedRows.Of(dictionary, LatentSelection.Of(dictionary, options), options.Weights);
}
