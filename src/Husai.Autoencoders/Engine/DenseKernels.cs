using System.Numerics;
using System.Runtime.Intrinsics;

namespace Husai.Autoencoders;

/// <summary>Arithmetic on dense codes.</summary>
internal static unsafe class DenseKernels
{
    /// <summary>gradient = code is positive ? gradient + penalty : 0; returns how many codes are positive, and their sum.</summary>
    public static int MaskAndCount(float* gradients, float* codes, float penalty, int count, out double sum)
    {
        var added = Vector512.Create(penalty);
        var lanes = Vector512<float>.Zero;
        var active = 0;
        var index = 0;
        for (; index + RowKernels.Lanes <= count; index += RowKernels.Lanes)
        {
            var code = Vector512.Load(codes + index);
            var positive = Vector512.GreaterThan(code, Vector512<float>.Zero);
            ((Vector512.Load(gradients + index) + added) & positive).Store(gradients + index);
            lanes += code;
            active += BitOperations.PopCount((uint)positive.ExtractMostSignificantBits());
        }

        sum = 0;
        for (var lane = 0; lane < RowKernels.Lanes; lane++)
        {
            sum += lanes.GetElement(lane);
        }

        for (; index < count; index++)
        {
            var fires = codes[index] > 0;
            gradients[index] = fires ? gradients[index] + penalty : 0;
            sum += codes[index];
            active += fires ? 1 : 0;
        }

        return active;
    }
}
