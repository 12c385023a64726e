using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>The exact GELU, <c>x/2 (1 + erf(x/sqrt 2))</c> (Hendrycks and Gimpel 2016, section 2).</summary>
internal static class Gelu
{
    /// <summary>Applies GELU to each element; minus infinity gives -0, NaN stays NaN.</summary>
    /// <param name="result"><c>[rows, columns]</c>; may be <paramref name="input"/>.</param>
    /// <param name="input"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ, or the matrices share part of their memory.</exception>
    public static void Forward(Matrix result, Matrix input, Workers? workers = null)
    {
        Require.SameShape(result, input);
        Require.ApartOrSame(result, input);
        Elements.Apply(default(Activate), result, input, workers);
    }

    /// <summary>
    /// Writes the input's gradient, <c>(P(x) + x p(x)) outputGradient</c> with the normal distribution P and its density p.
    /// </summary>
    /// <param name="inputGradient"><c>[rows, columns]</c>; may be <paramref name="outputGradient"/> or <paramref name="input"/>.</param>
    /// <param name="input"><c>[rows, columns]</c>: what the forward pass read.</param>
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
        Elements.Apply(default(Differentiate), inputGradient, input, outputGradient, workers);
    }

    /// <summary>Applies GELU to each element in place.</summary>
    internal static void InPlace(Span<float> values) => Elements.Apply(default(Activate), values);

    /// <summary>GELU of 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Invoke(Vector512<float> x)
    {
        // Minus infinity times a probability of 0 would be NaN.
        var lowest = Vector512.Create(float.MinValue);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, lowest), lowest, x) * Distribution(x);
    }

    // P(x) = (1 + erf(x / sqrt 2)) / 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Distribution(Vector512<float> x)
    {
        var half = Vector512.Create(0.5f);
        return Vector512.FusedMultiplyAdd(ErrorFunction.Erf(x * Vector512.Create(0.70710678f)), half, half);
    }

    private readonly struct Activate : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x) => Gelu.Invoke(x);
    }

    private readonly struct Differentiate : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y)
        {
            // Beyond 100 the density is 0, and stays 0 when multiplied by x.
            var end = Vector512.Create(100f);
            var bounded = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(x), end), end, x);
            var density = Exponential.Exp(bounded * bounded * Vector512.Create(-0.5f)) * Vector512.Create(0.39894228f);
            return Vector512.FusedMultiplyAdd(bounded, density, Distribution(x)) * y;
        }
    }
}
