using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;

namespace Husai.Numerics.Optimisers;

/// <summary>
/// The constants of one Adam step (Kingma and Ba 2015, algorithm 1), and the step itself on a stretch of weights in cache. Moments that
/// have all but vanished become zero, which <see cref="Adam"/> does not do; that one also rounds in another order, so that neither gives
/// the other's bits.
/// </summary>
internal readonly unsafe struct FlushingAdam
{
    private const float LowestMoment = 1e-36f;
    private readonly float _beta1;
    private readonly float _beta2;
    private readonly float _stepSize;
    private readonly float _inverseRootCorrection;
    private readonly float _epsilon;

    /// <param name="learningRate">Step size, schedule applied.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="epsilon">Added to the root of the corrected second moment.</param>
    /// <param name="step">From 1 on.</param>
    public FlushingAdam(double learningRate, double beta1, double beta2, double epsilon, long step)
    {
        _beta1 = (float)beta1;
        _beta2 = (float)beta2;
        _epsilon = (float)epsilon;
        _stepSize = (float)(learningRate / (1 - Power(beta1, step)));
        _inverseRootCorrection = (float)(1 / Math.Sqrt(1 - Power(beta2, step)));
    }

    /// <summary>
    /// Updates the moments in place and writes the new weights to <paramref name="target"/>, which may be the weights or the gradient.
    /// </summary>
    public void Apply(float* target, float* weights, float* first, float* second, float* gradient, int vectors)
    {
        var beta1 = Vector512.Create(_beta1);
        var beta2 = Vector512.Create(_beta2);
        var rest1 = Vector512.Create(1 - _beta1);
        var rest2 = Vector512.Create(1 - _beta2);
        var stepSize = Vector512.Create(_stepSize);
        var correction = Vector512.Create(_inverseRootCorrection);
        var epsilon = Vector512.Create(_epsilon);
        for (var offset = 0; offset < vectors * Lanes.Count; offset += Lanes.Count)
        {
            var g = Vector512.Load(gradient + offset);
            var m = Vector512.FusedMultiplyAdd(rest1, g, beta1 * Vector512.Load(first + offset));
            var v = Vector512.FusedMultiplyAdd(rest2, g * g, beta2 * Vector512.Load(second + offset));

            // Moments of latents that are never active shrink for ever; below the smallest normal number each operation would cost a
            // hundred.
            m = Vector512.ConditionalSelect(
                Vector512.GreaterThan(Vector512.Abs(m), Vector512.Create(LowestMoment)), m, Vector512<float>.Zero);
            v = Vector512.ConditionalSelect(Vector512.GreaterThan(v, Vector512.Create(LowestMoment)), v, Vector512<float>.Zero);
            m.Store(first + offset);
            v.Store(second + offset);
            var root = Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), correction, epsilon);
            (Vector512.Load(weights + offset) - stepSize * m / root).Store(target + offset);
        }
    }

    // By squaring: exact operations only, so that every machine finds the same digits.
    private static double Power(double value, long exponent)
    {
        var result = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            result *= (exponent & 1) == 1 ? value : 1;
            value *= value;
        }

        return result;
    }
}
