namespace Husai.Autoencoders.Engine;

/// <summary>What a step measured on its batch, before the update.</summary>
/// <param name="ReconstructionLoss">Part of the loss that is the reconstruction's.</param>
/// <param name="SparsityLoss">Part of the loss that is the sparsity penalty's.</param>
/// <param name="AuxiliaryLoss">Part of the loss that is the dead latents' (AuxK).</param>
/// <param name="L0">Mean number of active latents of a row.</param>
/// <param name="DeadLatents">Latents that counted as dead during the step.</param>
public readonly record struct BatchMeasures(
    double ReconstructionLoss, double SparsityLoss, double AuxiliaryLoss, double L0, int DeadLatents)
{
    /// <summary>Loss of the step: the sum of its parts.</summary>
    public double Loss => ReconstructionLoss + SparsityLoss + AuxiliaryLoss;
}
