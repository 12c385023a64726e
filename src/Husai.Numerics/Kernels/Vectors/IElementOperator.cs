using System.Runtime.Intrinsics;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>A function of one element, in 16 lanes.</summary>
internal interface IUnaryOperator
{
    /// <summary>The function of each lane.</summary>
    Vector512<float> Invoke(Vector512<float> x);
}

/// <summary>A function of two elements, in 16 lanes.</summary>
internal interface IBinaryOperator
{
    /// <summary>The function of each pair of lanes.</summary>
    Vector512<float> Invoke(Vector512<float> x, Vector512<float> y);
}
