using System.Numerics;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>The way back through a ReLU whose outputs cost a sparsity penalty with a weight for each latent.</summary>
internal static unsafe class WeightedRelu
{
    /// <summary>
    /// gradient = code is positive ? gradient + penalty x weight : 0; adds to the column sums the gradients and, as the first of their own,
    /// penalty x code. Returns how many codes are positive.
    /// </summary>
    /// <param name="gradients">A row of gradients.</param>
    /// <param name="codes">The row's codes, none negative.</param>
    /// <param name="weights">Weight of each latent.</param>
    /// <param name="penalty">Gradient of the sparsity penalty.</param>
    /// <param name="count">Length of the row.</param>
    /// <param name="columns">Sums over rows; the second of their own is not touched.</param>
    /// <param name="sum">Sum of code x weight.</param>
    public static int Backward(
        float* gradients, float* codes, float* weights, float penalty, int count, in CodeColumnSums columns, out double sum)
    {
        var factor = Vector512.Create(penalty);
        var lanes = Vector512<float>.Zero;
        var active = 0;
        for (var index = 0; index < count; index += Lanes.Count)
        {
            var left = count - index;
            var (code, weight) = (Lanes.Load(codes + index, left), Lanes.Load(weights + index, left));
            var positive = Vector512.GreaterThan(code, Vector512<float>.Zero);
            var gradient = Vector512.FusedMultiplyAdd(factor, weight, Lanes.Load(gradients + index, left)) & positive;
            Lanes.Store(gradient, gradients + index, left);
            Lanes.Store(Lanes.Load(columns.Gradients + index, left) + gradient, columns.Gradients + index, left);
            Lanes.Store(
                Vector512.FusedMultiplyAdd(factor, code, Lanes.Load(columns.First + index, left)), columns.First + index, left);
            columns.AddFiring(positive, index, left);
            lanes = Vector512.FusedMultiplyAdd(code, weight, lanes);
            active += BitOperations.PopCount((uint)positive.ExtractMostSignificantBits());
        }

        sum = 0;
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            sum += lanes.GetElement(lane);
        }

        return active;
    }
}
