using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Architectures;

/// <summary>max(p, 0) with an L1 penalty.</summary>
/// <param name="latents">Number of latents.</param>
internal sealed unsafe class ReluDenseCode(int latents) : DenseCode
{
    public override bool IsRelu => true;

    public override int Backward(in DenseRow row, in CodeColumnSums columns, out double sparsity) => PenalisedRelu.Backward(
        row.Gradients, row.Codes, row.Penalty, latents, columns.Gradients, columns.Fired, out sparsity);
}
