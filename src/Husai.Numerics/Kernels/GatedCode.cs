using System.Numerics;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>
/// Whole rows of a code whose gate decides which latents fire and a rescaled copy of it how much, and the way back through both
/// (Rajamanoharan et al. 2024a, section 3.2, equation 8).
/// </summary>
internal static unsafe class GatedCode
{
    /// <summary>code = gate is positive ? max(scale (gate - gate bias) + magnitude bias, 0) : 0.</summary>
    /// <param name="gates">A row of gates, max(pre-activation, 0).</param>
    /// <param name="weights">What magnitudes are made with.</param>
    /// <param name="codes">Receives the row's code.</param>
    /// <param name="count">Length of the row.</param>
    public static void Activate(float* gates, in GatedWeights weights, float* codes, int count)
    {
        for (var index = 0; index < count; index += Lanes.Count)
        {
            var remaining = count - index;
            var gate = Lanes.Load(gates + index, remaining);
            var open = Vector512.GreaterThan(gate, Vector512<float>.Zero);
            var magnitude = Vector512.FusedMultiplyAdd(
                Lanes.Load(weights.Scales + index, remaining), gate - Lanes.Load(weights.GateBias + index, remaining),
                Lanes.Load(weights.MagnitudeBias + index, remaining));
            var positive = Vector512.GreaterThan(magnitude, Vector512<float>.Zero);
            Lanes.Store(magnitude & positive & open, codes + index, remaining);
        }
    }

    /// <summary>
    /// The gradient of the pre-activations, where the gate is open: the gate's with its penalty, and the magnitude's times its scale where
    /// the code is positive. The magnitude's gradients are added to the first column sums, times gate - gate bias to the second. Returns
    /// how many codes are positive, and the sum of the gates.
    /// </summary>
    /// <param name="gradients">A row of gradients of the code; replaced by those of the pre-activations.</param>
    /// <param name="gateGradients">The row's gradients of the gates' own reconstruction.</param>
    /// <param name="gates">The row's gates, max(pre-activation, 0).</param>
    /// <param name="codes">The row's code.</param>
    /// <param name="weights">What magnitudes are made with.</param>
    /// <param name="penalty">Gradient of the sparsity penalty.</param>
    /// <param name="count">Length of the row.</param>
    /// <param name="columns">Sums over rows.</param>
    /// <param name="sum">Sum of the gates.</param>
    public static int Backward(
        float* gradients, float* gateGradients, float* gates, float* codes, in GatedWeights weights, float penalty, int count,
        in CodeColumnSums columns, out double sum)
    {
        var added = Vector512.Create(penalty);
        var lanes = Vector512<float>.Zero;
        var active = 0;
        for (var index = 0; index < count; index += Lanes.Count)
        {
            var remaining = count - index;
            var gate = Lanes.Load(gates + index, remaining);
            var open = Vector512.GreaterThan(gate, Vector512<float>.Zero);
            var fires = Vector512.GreaterThan(Lanes.Load(codes + index, remaining), Vector512<float>.Zero);
            var magnitude = Lanes.Load(gradients + index, remaining) & fires;
            var passed = Vector512.FusedMultiplyAdd(
                Lanes.Load(weights.Scales + index, remaining), magnitude, Lanes.Load(gateGradients + index, remaining) + added) & open;
            var scaled = magnitude * (gate - Lanes.Load(weights.GateBias + index, remaining));
            Lanes.Store(passed, gradients + index, remaining);
            Lanes.Store(Lanes.Load(columns.Gradients + index, remaining) + passed, columns.Gradients + index, remaining);
            Lanes.Store(Lanes.Load(columns.First + index, remaining) + magnitude, columns.First + index, remaining);
            Lanes.Store(Lanes.Load(columns.Second + index, remaining) + scaled, columns.Second + index, remaining);
            columns.AddFiring(fires, index, remaining);
            lanes += gate;
            active += BitOperations.PopCount((uint)fires.ExtractMostSignificantBits());
        }

        sum = 0;
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            sum += lanes.GetElement(lane);
        }

        return active;
    }
}

/// <summary>What magnitudes are made from gates with, one of each for a latent.</summary>
internal readonly unsafe struct GatedWeights(float* scales, float* gateBias, float* magnitudeBias)
{
    /// <summary>The ratio of a magnitude's encoder row to the gate's.</summary>
    public float* Scales => scales;

    /// <summary>Bias of the gate.</summary>
    public float* GateBias => gateBias;

    /// <summary>Bias of the magnitude.</summary>
    public float* MagnitudeBias => magnitudeBias;
}
