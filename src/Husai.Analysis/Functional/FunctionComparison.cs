using Husai.Analysis.Matching;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Functional;

/// <summary>Measures what the matched latents of an ordered pair of SAEs do for each other.</summary>
internal static class FunctionComparison
{
    // Latents whose effect on the logits is below this share of the strongest one's have no fingerprint.
    private const double LeastEffect = 1e-6;

    /// <summary>Every latent of the first SAE with its partner.</summary>
    /// <param name="pair">The SAEs.</param>
    /// <param name="match">Partners.</param>
    /// <param name="negatives">The hard negative of each latent of the first SAE, or -1.</param>
    /// <param name="effects">What a unit of each latent adds to the centred logits, for either SAE; null where that is unknown.</param>
    public static MatchedLatent[] Of(
        FunctionPair pair, Match match, int[] negatives, (Matrix First, Matrix Second)? effects)
    {
        var (firstFloor, secondFloor) = effects is { } written
            ? (Strongest(pair.First, written.First) * LeastEffect, Strongest(pair.Second, written.Second) * LeastEffect)
            : (0, 0);
        var result = new MatchedLatent[pair.First.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var (partner, negative) = (match.PartnerOfRow[i], negatives[i]);
            var norm = FunctionPair.Norm(pair.First, i, pair.First.Decoder);
            result[i] = new MatchedLatent(
                pair.First.FiringRate[i], partner < 0 ? double.NaN : match.RowSimilarity[i],
                partner < 0 ? double.NaN : pair.Substitution(i, partner, pair.First.Decoder, pair.Second.Decoder),
                negative < 0 ? double.NaN : pair.Substitution(i, negative, pair.First.Decoder, pair.Second.Decoder),
                partner < 0 ? double.NaN : pair.SubstitutionAsIs(i, partner, pair.First.Decoder, pair.Second.Decoder),
                norm * norm,
                effects is null ? null : EffectsOf(i, partner, negative));
        }

        return result;

        MatchedEffects EffectsOf(int i, int partner, int negative)
        {
            var (first, second) = effects.Value;
            var (fingerprint, unlike) = (CosineOf(partner), CosineOf(negative));
            return new MatchedEffects(fingerprint, unlike, Positive(fingerprint), Positive(unlike));

            double CosineOf(int j) => j < 0 || FunctionPair.Norm(pair.First, i, first) <= firstFloor
                || FunctionPair.Norm(pair.Second, j, second) <= secondFloor
                ? double.NaN
                : pair.Cosine(i, j, first, second);
        }
    }

    // Substitution R of two effects is the square of their cosine, for a factor of at least 0.
    private static double Positive(double cosine) => cosine <= 0 ? 0 : cosine * cosine;

    private static double Strongest(FiringLatents latents, Matrix written) =>
        Enumerable.Range(0, latents.Count).Max(index => FunctionPair.Norm(latents, index, written));
}
