using Husai.Analysis.Matching;
using Husai.Analysis.Matching.Candidates;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Similarity;

/// <summary>
/// The matches of two dictionaries under several similarities, each found once; best matches by cosine and by absolute cosine come from one
/// product.
/// </summary>
internal sealed class PairMatches(
    ComparedRows first, ComparedRows second, bool bothCosines, Workers? workers, CancellationToken cancellation,
    RoundProgress? rounds = null, Action<double>? nearest = null)
{
    private readonly Dictionary<(CosineMeasure Cosine, Matcher Matcher, bool Encoder), Match> _found = [];

    /// <summary>The number that a similarity gives.</summary>
    public double ValueOf(SimilarityOptions similarity)
    {
        var match = Find(similarity.Cosine, similarity.Matcher);
        return DictionarySimilarity.Reduce(
            first.Encoder is null ? match : match.SmallerOf(Find(similarity.Cosine, similarity.Matcher, encoder: true), samePartner: false),
            similarity);
    }

    /// <summary>What is certain of the one-to-one matches behind a similarity; null where none is certified.</summary>
    public MatchCertificate? CertificateOf(SimilarityOptions similarity) => MatchCertificate.OfBoth(
        Find(similarity.Cosine, similarity.Matcher).Certificate,
        first.Encoder is null ? null : Find(similarity.Cosine, similarity.Matcher, encoder: true).Certificate);

    /// <summary>A match of the first rows, or of the encoders' where both are compared.</summary>
    public Match Find(CosineMeasure cosine, Matcher matcher, bool encoder = false)
    {
        var key = (cosine, matcher, encoder);
        if (_found.TryGetValue(key, out var match))
        {
            return match;
        }

        cancellation.ThrowIfCancellationRequested();
        match = matcher switch
        {
            Matcher.Maximum => Nearest(cosine, encoder),
            Matcher.MutualNearest => MutualNearestMatcher.Find(Find(cosine, Matcher.Maximum, encoder)),
            _ => DictionarySimilarity.FindMatch(
                Side(first, encoder), Side(second, encoder), new SimilarityOptions { Cosine = cosine, Matcher = matcher },
                workers, rounds, cancellation),
        };
        _found[key] = match;
        return match;
    }

    private Match Nearest(CosineMeasure cosine, bool encoder)
    {
        if (!bothCosines)
        {
            return MaximumMatcher.Find(Side(first, encoder), Side(second, encoder), cosine, workers, nearest);
        }

        var (absolute, signedMatch) = MaximumMatcher.FindAbsoluteAndSigned(
            Side(first, encoder), Side(second, encoder), workers, nearest);
        _found[(CosineMeasure.Absolute, Matcher.Maximum, encoder)] = absolute;
        _found[(CosineMeasure.Signed, Matcher.Maximum, encoder)] = signedMatch;
        return cosine == CosineMeasure.Absolute ? absolute : signedMatch;
    }

    private static Matrix Side(ComparedRows rows, bool encoder) => encoder ? rows.Encoder! : rows.Rows;
}
