using Husai.Analysis.Statistics;

namespace Husai.Analysis.Functional;

/// <summary>The matched latents whose firing rate lies in a range, pooled over the pairs of SAEs.</summary>
/// <param name="From">Lowest firing rate.</param>
/// <param name="To">Firing rate below which they lie.</param>
/// <param name="Latents">Matched latents in it, over all ordered pairs.</param>
/// <param name="Substitution">Mean substitution R; null without a latent.</param>
/// <param name="Negative">The same by hard negatives.</param>
/// <param name="Fingerprint">Mean cosine of ablation fingerprints; null where effects are unknown.</param>
public sealed record RateStratum(
    double From, double To, int Latents, Interval? Substitution, Interval? Negative, Interval? Fingerprint);
