using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>The rectifier, max(x, 0).</summary>
internal static class Relu
{
    /// <summary>Applies the rectifier to each element. NaN stays NaN; -0 becomes 0.</summary>
    /// <param name="result"><c>[rows, columns]</c>; may be <paramref name="input"/>.</param>
    /// <param name="input"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ, or the matrices share part of their memory.</exception>
    public static void Forward(Matrix result, Matrix input, Workers? workers = null)
    {
        Require.SameShape(result, input);
        Require.ApartOrSame(result, input);
        Elements.Apply(default(Rectify), result, input, workers);
    }

    /// <summary>
    /// Writes the input's gradient: 0 where the input is at most 0, the output's elsewhere (also where the input is NaN).
    /// </summary>
    /// <param name="inputGradient"><c>[rows, columns]</c>; may be <paramref name="outputGradient"/> or <paramref name="input"/>.</param>
    /// <param name="input"><c>[rows, columns]</c>: what the forward pass read, or what it wrote.</param>
    /// <param name="outputGradient"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ, or the result shares part of an operand's memory.</exception>
    public static void Backward(Matrix inputGradient, Matrix input, Matrix outputGradient, Workers? workers = null)
    {
        Require.SameShape(inputGradient, input);
        Require.SameShape(outputGradient, input);
        Require.ApartOrSame(inputGradient, input);
        Require.ApartOrSame(inputGradient, outputGradient);
        Elements.Apply(default(Pass), inputGradient, input, outputGradient, workers);
    }

    /// <summary>Applies the rectifier to each element in place.</summary>
    internal static void InPlace(Span<float> values) => Elements.Apply(default(Rectify), values);

    private readonly struct Rectify : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x) =>
            Vector512.AndNot(x, Vector512.LessThanOrEqual(x, Vector512<float>.Zero));
    }

    private readonly struct Pass : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
            Vector512.AndNot(y, Vector512.LessThanOrEqual(x, Vector512<float>.Zero));
    }
}
