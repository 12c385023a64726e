namespace Husai.Analysis.Functional;

/// <summary>The activations of an SAE's latents that are not 0, both ways round.</summary>
/// <param name="byRow">For each row the latents that fire.</param>
/// <param name="latents">Number of latents.</param>
internal sealed class LatentCodes(SparseActivations byRow, int latents)
{
    /// <summary>For each row the latents that fire.</summary>
    public SparseActivations ByRow => byRow;

    /// <summary>For each latent the rows on which it fires.</summary>
    public SparseActivations ByLatent { get; } = byRow.Transpose(latents);
}
