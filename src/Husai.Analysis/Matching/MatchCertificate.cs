namespace Husai.Analysis.Matching;

/// <summary>
/// The proof that a one-to-one match has the largest sum: prices of the columns bound the sum of every other match from above (linear
/// programming duality).
/// </summary>
/// <param name="LargestViolation">
/// By how much a row's profit (similarity less the column's price), over all columns, exceeds at most the one that the match gives it.
/// </param>
/// <param name="GapPerPair">How far above the match's mean similarity the mean of any other one-to-one match of all rows can be.</param>
/// <param name="Rounds">Products of all pairs until no better pair was left, the one that found the first candidates included.</param>
/// <param name="CandidatePairs">Pairs that were in memory at the end.</param>
/// <param name="RoundingPerPair">
/// The certificate is about cosines as they are computed, in single precision. Against exact cosines the match's mean can be off by this
/// at most, and the bound by as much.
/// </param>
public sealed record MatchCertificate(double LargestViolation, double GapPerPair, int Rounds, long CandidatePairs, double RoundingPerPair)
{
    /// <summary>What is certain of both of two matches; one that has no certificate was found from the matrix of all cosines.</summary>
    internal static MatchCertificate? OfBoth(MatchCertificate? first, MatchCertificate? second) => first is null || second is null
        ? first ?? second
        : new MatchCertificate(
            Math.Max(first.LargestViolation, second.LargestViolation), Math.Max(first.GapPerPair, second.GapPerPair),
            Math.Max(first.Rounds, second.Rounds), Math.Max(first.CandidatePairs, second.CandidatePairs),
            Math.Max(first.RoundingPerPair, second.RoundingPerPair));
}
