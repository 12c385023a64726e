namespace Husai.Analysis.Functional;

/// <summary>The activations of an SAE's latents that are not 0, both ways round.</summary>
/// <param name="ByRow">For each row the latents that fire.</param>
/// <param name="ByLatent">For each latent the rows on which it fires.</param>
internal sealed record LatentCodes(SparseActivations ByRow, SparseActivations ByLatent);
