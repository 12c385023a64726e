namespace Husai.Analysis.Functional;

/// <summary>A latent, its partner in another SAE, and how well that can take its place.</summary>
/// <param name="FiringRate">Share of the rows on which the latent fires.</param>
/// <param name="Score">Score of the match, by which latents are ordered; NaN without a partner.</param>
/// <param name="Substitution">Substitution R by the partner, in activation space; NaN without one.</param>
/// <param name="Negative">The same by the hard negative; NaN without one.</param>
/// <param name="SubstitutionAsIs">Substitution by the partner without a fitted factor.</param>
/// <param name="Energy">Sum over rows of the squares of what the latent writes, which weighs the former.</param>
/// <param name="Effects">The same in logits; null where their effects are unknown.</param>
internal readonly record struct MatchedLatent(
    double FiringRate, double Score, double Substitution, double Negative, double SubstitutionAsIs, double Energy,
    MatchedEffects? Effects)
{
    /// <summary>Whether it has a partner.</summary>
    public bool IsMatched => !double.IsNaN(Score);
}
