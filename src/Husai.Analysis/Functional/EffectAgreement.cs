using Husai.Analysis.Statistics;

namespace Husai.Analysis.Functional;

/// <summary>Effects of matched latents on the logits; null where no pair has a value.</summary>
/// <param name="Fingerprint">Mean cosine of the effects of deleting a latent and its partner.</param>
/// <param name="NegativeFingerprint">The same with the hard negative.</param>
/// <param name="Substitution">Mean substitution R in logits.</param>
/// <param name="Negative">The same by hard negatives.</param>
/// <param name="WithoutEffect">Matched latents left out because deleting them or their partner changes nothing.</param>
public sealed record EffectAgreement(
    Interval? Fingerprint, Interval? NegativeFingerprint, Interval? Substitution, Interval? Negative, int WithoutEffect);
