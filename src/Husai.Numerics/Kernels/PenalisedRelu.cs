using System.Numerics;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Kernels;

/// <summary>The way back through a ReLU whose outputs cost a sparsity penalty.</summary>
internal static unsafe class PenalisedRelu
{
    /// <summary>
    /// gradient = code is positive ? gradient + penalty : 0, added to the column sums too; returns how many codes are positive, and their
    /// sum.
    /// </summary>
    /// <param name="gradients">A row of gradients.</param>
    /// <param name="codes">The row's codes.</param>
    /// <param name="penalty">Gradient of the sparsity penalty.</param>
    /// <param name="count">Length of the row.</param>
    /// <param name="columnSums">Sums of the gradients.</param>
    /// <param name="columnCounts">Numbers of positive codes.</param>
    /// <param name="sum">Sum of the codes.</param>
    public static int Backward(
        float* gradients, float* codes, float penalty, int count, float* columnSums, int* columnCounts, out double sum)
    {
        var added = Vector512.Create(penalty);
        var lanes = Vector512<float>.Zero;
        var active = 0;
        var index = 0;
        for (; index + Lanes.Count <= count; index += Lanes.Count)
        {
            var code = Vector512.Load(codes + index);
            var positive = Vector512.GreaterThan(code, Vector512<float>.Zero);
            var gradient = (Vector512.Load(gradients + index) + added) & positive;
            gradient.Store(gradients + index);
            (Vector512.Load(columnSums + index) + gradient).Store(columnSums + index);

            // A comparison that holds is -1 as an integer.
            (Vector512.Load(columnCounts + index) - positive.AsInt32()).Store(columnCounts + index);
            lanes += code;
            active += BitOperations.PopCount((uint)positive.ExtractMostSignificantBits());
        }

        sum = 0;
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            sum += lanes.GetElement(lane);
        }

        for (; index < count; index++)
        {
            var fires = codes[index] > 0;
            gradients[index] = fires ? gradients[index] + penalty : 0;
            columnSums[index] += gradients[index];
            columnCounts[index] += fires ? 1 : 0;
            sum += codes[index];
            active += fires ? 1 : 0;
        }

        return active;
    }
}
