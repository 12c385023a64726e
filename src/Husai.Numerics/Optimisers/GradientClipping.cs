using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Optimisers;

/// <summary>Gradient clipping by the global norm of all gradients (Pascanu et al. 2013, algorithm 1).</summary>
internal static class GradientClipping
{
    /// <summary>
    /// The factor that brings a gradient of this squared norm to at most <paramref name="maximumNorm"/>: 1 when it is not above,
    /// and also when the norm is not finite, which no factor mends.
    /// </summary>
    /// <param name="sumOfSquares">The squared norm, such as from <see cref="Reductions.SumOfSquares(Matrix, Workers?)"/> of each
    /// gradient.</param>
    /// <param name="maximumNorm">Above 0.</param>
    public static float Scale(double sumOfSquares, double maximumNorm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumNorm);
        var norm = Math.Sqrt(sumOfSquares);
        return norm > maximumNorm && double.IsFinite(norm) ? (float)(maximumNorm / norm) : 1f;
    }

    /// <summary>The norm of all gradients together, in double precision: NaN or infinite if an element is.</summary>
    /// <param name="gradients">Gradients of any shapes.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A gradient is null.</exception>
    public static double Norm(ReadOnlySpan<Matrix> gradients, Workers? workers = null)
    {
        var sum = 0.0;
        foreach (var gradient in gradients)
        {
            sum += Reductions.SumOfSquares(gradient, workers);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>
    /// Scales all gradients by the same factor so that their common norm is at most <paramref name="maximumNorm"/>. When the norm is
    /// not finite they are left as they are, and the caller should stop.
    /// </summary>
    /// <param name="gradients">Gradients of any shapes.</param>
    /// <param name="maximumNorm">Above 0.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns>The norm before clipping.</returns>
    /// <exception cref="ArgumentNullException">A gradient is null.</exception>
    public static double Clip(ReadOnlySpan<Matrix> gradients, double maximumNorm, Workers? workers = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumNorm);
        var norm = Norm(gradients, workers);
        if (norm > maximumNorm && double.IsFinite(norm))
        {
            foreach (var gradient in gradients)
            {
                Elementwise.Scale(gradient, (float)(maximumNorm / norm), workers);
            }
        }

        return norm;
    }
}
