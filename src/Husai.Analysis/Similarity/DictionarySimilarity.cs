using Husai.Analysis.Matching;
using Husai.Analysis.Matching.Candidates;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Similarity;

/// <summary>Similarity of two dictionaries by the cosines of their matched latents.</summary>
internal static class DictionarySimilarity
{
    /// <summary>Compares two dictionaries of the same width; they may differ in the number of latents.</summary>
    /// <param name="first">The first dictionary.</param>
    /// <param name="second">The second dictionary.</param>
    /// <param name="options">What is compared and how.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="cancellation">Ends a one-to-one matching early.</param>
    /// <exception cref="ArgumentException">
    /// The widths differ, no latent is left to compare, encoders are missing, or a side is too large for the matcher.
    /// </exception>
    public static PairSimilarity Between(
        LatentDictionary first, LatentDictionary second, SimilarityOptions options, Workers? workers = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(options);
        RequireSameWidth(first, second);
        var a = LatentSelection.Of(first, options);
        var b = LatentSelection.Of(second, options);
        var useEncoder = options.Weights == MatchedWeights.Encoder;
        var match = FindMatch(
            a.RowsOf(useEncoder ? first.Encoder! : first.Decoder), b.RowsOf(useEncoder ? second.Encoder! : second.Decoder), options,
            workers, cancellation);
        if (options.Weights != MatchedWeights.Both)
        {
            return new PairSimilarity(options.Name, Reduce(match, options), a, b, match, null);
        }

        var encoderMatch = FindMatch(a.RowsOf(first.Encoder!), b.RowsOf(second.Encoder!), options, workers, cancellation);
        return new PairSimilarity(
            options.Name, Reduce(match.SmallerOf(encoderMatch, samePartner: false), options), a, b, match, encoderMatch);
    }

    /// <summary>Matches the rows of two matrices by their cosines.</summary>
    /// <param name="first"><c>[rows, width]</c>, no zero row.</param>
    /// <param name="second"><c>[columns, width]</c>, no zero row.</param>
    /// <param name="options">Cosine and matcher.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="cancellation">Ends a one-to-one matching early.</param>
    /// <exception cref="ArgumentException">A side is too large for a matcher that needs the whole matrix of cosines.</exception>
    public static Match FindMatch(
        Matrix first, Matrix second, SimilarityOptions options, Workers? workers = null, CancellationToken cancellation = default) =>
        FindMatch(first, second, options, workers, null, cancellation);

    /// <summary>Matches rows, and tells how far the match of two large sides has come.</summary>
    internal static Match FindMatch(
        Matrix first, Matrix second, SimilarityOptions options, Workers? workers, RoundProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(options);
        if (options.IsNearest)
        {
            var nearest = MaximumMatcher.Find(first, second, options.Cosine, workers);
            return options.Matcher == Matcher.Maximum ? nearest : MutualNearestMatcher.Find(nearest);
        }

        // In the order that the solvers want, so that the matrix need not be transposed.
        if (options.Matcher == Matcher.Hungarian && first.Rows > second.Rows)
        {
            return FindMatch(second, first, options, workers, progress, cancellation).Transpose();
        }

        cancellation = cancellation.CanBeCanceled ? cancellation : workers?.Cancellation ?? default;
        if (Math.Max(first.Rows, second.Rows) <= HungarianMatcher.LargestMatrixSide)
        {
            return FindMatch(CosineMatrix.Of(first, second, options.Cosine, workers), options.Matcher, cancellation);
        }

        return options.Matcher == Matcher.Hungarian
            ? CertifiedMatcher.Find(first, second, options.Cosine, workers, progress, cancellation)
            : throw new ArgumentException(
                $"{first.Rows} and {second.Rows} latents: greedy matching is limited to {HungarianMatcher.LargestMatrixSide}; "
                + "use hungarian, max or mutual-nn", nameof(options));
    }

    /// <summary>Matches the rows of a similarity matrix with its columns.</summary>
    internal static Match FindMatch(Matrix similarities, Matcher matcher, CancellationToken cancellation = default) => matcher switch
    {
        Matcher.Maximum => MaximumMatcher.Find(similarities),
        Matcher.MutualNearest => MutualNearestMatcher.Find(MaximumMatcher.Find(similarities)),
        Matcher.Greedy => GreedyMatcher.Find(similarities),
        _ => HungarianMatcher.Find(similarities, cancellation),
    };

    private static void RequireSameWidth(LatentDictionary first, LatentDictionary second)
    {
        if (first.Width != second.Width)
        {
            throw new ArgumentException(
                $"{first.Name} has width {first.Width} but {second.Name} has width {second.Width}: they read different activations",
                nameof(second));
        }
    }

    internal static double Reduce(Match match, SimilarityOptions options) =>
        options.Reduction == MatchReduction.Mean ? match.Mean : match.FractionAbove(options.Threshold);
}
