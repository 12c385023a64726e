using Husai.Analysis.Matching;

namespace Husai.Analysis.Similarity;

/// <summary>The similarity of two dictionaries under one set of options.</summary>
/// <param name="Name">The options in full.</param>
/// <param name="Value">The number, in [-1, 1]; NaN when no pair was matched.</param>
/// <param name="First">Which latents of the first dictionary took part.</param>
/// <param name="Second">Which latents of the second took part.</param>
/// <param name="Match">Partners among those latents; the decoder's when both weights were matched.</param>
/// <param name="EncoderMatch">The encoder's partners when both weights were matched.</param>
internal sealed record PairSimilarity(
    string Name, double Value, LatentSelection First, LatentSelection Second, Match Match, Match? EncoderMatch)
{
    /// <summary>
    /// When both weights were matched: the share of latents above a threshold in both whose two partners are the same one (the strict rule
    /// of Paulo and Belrose 2025). Null when only one was.
    /// </summary>
    public double? StrictAbove(double threshold) =>
        EncoderMatch is null ? null : Match.SmallerOf(EncoderMatch, samePartner: true).FractionAbove(threshold);
}
