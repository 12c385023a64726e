using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels;

namespace Husai.Numerics.Products;

/// <summary>Bias and activation of a finished stretch of a result's row, while it is in cache.</summary>
internal static unsafe class Epilogue
{
    public static void Apply(float* row, int count, float* bias, Activation activation)
    {
        if (bias != null)
        {
            AddBias(row, count, bias);
        }

        switch (activation)
        {
            case Activation.Relu:
                Relu.InPlace(new Span<float>(row, count));
                break;
            case Activation.Gelu:
                Gelu.InPlace(new Span<float>(row, count));
                break;
            case Activation.None:
            default:
                break;
        }
    }

    private static void AddBias(float* row, int count, float* bias)
    {
        var index = 0;
        for (; index <= count - 16; index += 16)
        {
            (Vector512.Load(row + index) + Vector512.Load(bias + index)).Store(row + index);
        }

        for (; index < count; index++)
        {
            row[index] += bias[index];
        }
    }
}
