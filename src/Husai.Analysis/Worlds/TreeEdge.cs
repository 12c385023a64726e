namespace Husai.Analysis.Worlds;

/// <summary>
/// A parent and its child as an SAE has them. Absorption (Chanin et al. 2024, arXiv 2409.14507): where the child fires, its latent stands
/// in for the parent's, which stays silent. Hedging (Chanin et al. 2025, arXiv 2505.11756): the parent's latent holds a part of the child.
/// The latent of a feature is the one of largest absolute cosine.
/// </summary>
/// <param name="Parent">The parent.</param>
/// <param name="Child">The child.</param>
/// <param name="ChildSamples">Samples on which the child fires, and so the parent.</param>
/// <param name="ParentCosine">Absolute cosine of the parent with its latent.</param>
/// <param name="ChildCosine">Absolute cosine of the child with its latent.</param>
/// <param name="Absorption">Of the samples on which the child fires: share on which its latent fires and the parent's is silent; null
/// where the child never fires.
/// </param>
/// <param name="MissedWithChild">Of the samples on which the child fires: share on which the parent's latent is silent.</param>
/// <param name="MissedWithoutChild">The same of the samples on which the parent fires and the child does not: what absorption has to
/// exceed; null where there is none.
/// </param>
/// <param name="Hedging">Part of the child in the parent's latent: its least-squares coefficients on both directions, that of the child
/// over that of the parent.
/// </param>
/// <param name="HedgingElsewhere">The same with a child of another parent of the same depth: chance; null where there is none.</param>
internal sealed record TreeEdge(
    int Parent, int Child, long ChildSamples, double ParentCosine, double ChildCosine, double? Absorption, double? MissedWithChild,
    double? MissedWithoutChild, double Hedging, double? HedgingElsewhere)
{
    /// <summary>Whether both features have a latent that counts as theirs.</summary>
    public bool IsFound => ParentCosine >= TruthRecovery.FoundCosine && ChildCosine >= TruthRecovery.FoundCosine;
}
