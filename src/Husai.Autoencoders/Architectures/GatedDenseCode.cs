using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Architectures;

/// <summary>Gates that decide and magnitudes that weigh, with an L1 penalty on the gates.</summary>
/// <param name="scales">exp of the logarithms of the magnitudes' scales in this step.</param>
/// <param name="gateBias">Bias of the gates.</param>
/// <param name="magnitudeBias">Bias of the magnitudes.</param>
/// <param name="latents">Number of latents.</param>
internal sealed unsafe class GatedDenseCode(
    PinnedBuffer<float> scales, Parameter gateBias, Parameter magnitudeBias, int latents) : DenseCode
{
    public override bool HasGates => true;

    private GatedWeights Weights => new(scales.Pointer, gateBias.Row(0), magnitudeBias.Row(0));

    public override void Activate(float* preActivations, float* codes) => GatedCode.Activate(preActivations, Weights, codes, latents);

    public override int Backward(in DenseRow row, in CodeColumnSums columns, out double sparsity) => GatedCode.Backward(
        row.Gradients, row.GateGradients, row.PreActivations, row.Codes, Weights, row.Penalty, latents, columns, out sparsity);
}
