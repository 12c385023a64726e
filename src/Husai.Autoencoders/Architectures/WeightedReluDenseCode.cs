using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Architectures;

/// <summary>max(p, 0) with an L1 penalty that weighs each latent by the norm of its decoder row.</summary>
/// <param name="norms">The norms in this step, which stay where they are.</param>
/// <param name="latents">Number of latents.</param>
internal sealed unsafe class WeightedReluDenseCode(float* norms, int latents) : DenseCode
{
    public override bool IsRelu => true;

    public override bool KeepsOwnSums => true;

    public override int Backward(in DenseRow row, in CodeColumnSums columns, out double sparsity) =>
        WeightedRelu.Backward(row.Gradients, row.Codes, norms, row.Penalty, latents, columns, out sparsity);
}
