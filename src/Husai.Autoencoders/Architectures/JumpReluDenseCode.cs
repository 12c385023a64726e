using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Architectures;

/// <summary>p above a threshold of each latent, with an L0 penalty.</summary>
/// <param name="thresholds">The thresholds, which stay where they are.</param>
/// <param name="bandwidth">Width of the kernel through which they learn.</param>
/// <param name="latents">Number of latents.</param>
internal sealed unsafe class JumpReluDenseCode(float* thresholds, double bandwidth, int latents) : DenseCode
{
    public override void Activate(float* preActivations, float* codes) =>
        JumpReluCode.Activate(preActivations, thresholds, codes, latents);

    public override int Backward(in DenseRow row, in CodeColumnSums columns, out double sparsity)
    {
        var active = JumpReluCode.Backward(
            row.Gradients, row.PreActivations, row.Codes, thresholds, bandwidth, latents, columns);
        sparsity = active;
        return active;
    }
}
