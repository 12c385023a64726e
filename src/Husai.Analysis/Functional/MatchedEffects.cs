namespace Husai.Analysis.Functional;

/// <summary>The effects of a latent and of its partner on the logits; NaN without a partner or an effect.</summary>
/// <param name="Fingerprint">Cosine of the effects of deleting each.</param>
/// <param name="NegativeFingerprint">The same with the hard negative.</param>
/// <param name="Substitution">Substitution R by the partner, in logits.</param>
/// <param name="Negative">The same by the hard negative.</param>
internal readonly record struct MatchedEffects(double Fingerprint, double NegativeFingerprint, double Substitution, double Negative);
