using System.Numerics;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>
/// Whole rows of a code in which a latent fires above a threshold of its own, and the way back through it (Rajamanoharan et al. 2024b,
/// sections 3 and 4): thresholds learn where a pre-activation lies within half a bandwidth of them.
/// </summary>
internal static unsafe class JumpReluCode
{
    /// <summary>code = pre-activation above its threshold and above 0 ? pre-activation : 0.</summary>
    /// <param name="preActivations">A row.</param>
    /// <param name="thresholds">One for each latent.</param>
    /// <param name="codes">Receives the row's code.</param>
    /// <param name="count">Length of the row.</param>
    public static void Activate(float* preActivations, float* thresholds, float* codes, int count)
    {
        for (var index = 0; index < count; index += Lanes.Count)
        {
            var p = Lanes.Load(preActivations + index, count - index);
            var threshold = Lanes.Load(thresholds + index, count - index);
            var fires = Vector512.GreaterThan(p, Vector512.Max(threshold, Vector512<float>.Zero));
            Lanes.Store(p & fires, codes + index, count - index);
        }
    }

    /// <summary>
    /// gradient = code is positive ? gradient : 0, added to the column sums; where the pre-activation is near its threshold the
    /// threshold's part is added to its sums, and 1 to how often that is so. Returns how many codes are positive.
    /// </summary>
    /// <param name="gradients">A row of gradients of the code; replaced by those of the pre-activations.</param>
    /// <param name="preActivations">The row's pre-activations.</param>
    /// <param name="codes">The row's code.</param>
    /// <param name="thresholds">One for each latent.</param>
    /// <param name="bandwidth">Width of the kernel.</param>
    /// <param name="count">Length of the row.</param>
    /// <param name="columns">Sums over rows.</param>
    public static int Backward(
        float* gradients, float* preActivations, float* codes, float* thresholds, double bandwidth, int count, in CodeColumnSums columns)
    {
        var half = Vector512.Create((float)(bandwidth / 2));
        var inverse = Vector512.Create((float)(1 / bandwidth));
        var active = 0;
        for (var index = 0; index < count; index += Lanes.Count)
        {
            // Behind the row's end thresholds are infinitely far.
            var remaining = count - index;
            var p = Lanes.Load(preActivations + index, remaining);
            var threshold = Lanes.Load(thresholds + index, remaining, float.PositiveInfinity);
            var gradient = Lanes.Load(gradients + index, remaining);
            var fires = Vector512.GreaterThan(Lanes.Load(codes + index, remaining), Vector512<float>.Zero);
            var near = Vector512.LessThan(Vector512.Abs(p - threshold), half);
            var pull = (-threshold * inverse * gradient) & near;
            var passed = gradient & fires;
            Lanes.Store(passed, gradients + index, remaining);
            Lanes.Store(Lanes.Load(columns.Gradients + index, remaining) + passed, columns.Gradients + index, remaining);
            Lanes.Store(Lanes.Load(columns.First + index, remaining) + pull, columns.First + index, remaining);
            Lanes.Store(
                Lanes.Load(columns.Second + index, remaining) + (Vector512<float>.One & near), columns.Second + index, remaining);
            columns.AddFiring(fires, index, remaining);
            active += BitOperations.PopCount((uint)fires.ExtractMostSignificantBits());
        }

        return active;
    }
}
