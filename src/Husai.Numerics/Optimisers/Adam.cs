using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Optimisers;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019, algorithm 2), one pass over the memory.
/// </summary>
internal static unsafe class Adam
{
    /// <summary>
    /// Takes one step: weights shrink by learning rate x weight decay, the moments take in the gradient, and the weights move by
    /// <c>learning rate / (1 - beta1^step) * m / (sqrt(v) / sqrt(1 - beta2^step) + epsilon)</c>.
    /// </summary>
    /// <param name="weights">Updated.</param>
    /// <param name="firstMoment">m, updated; as long as the weights.</param>
    /// <param name="secondMoment">v, updated; as long as the weights.</param>
    /// <param name="gradient">As long as the weights.</param>
    /// <param name="settings">Settings of this step.</param>
    /// <param name="step">Number of this step, from 1 on.</param>
    /// <param name="gradientScale">Factor on the gradient, such as from clipping.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">Lengths differ, or two spans share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is below 1.</exception>
    public static void Step(
        Span<float> weights, Span<float> firstMoment, Span<float> secondMoment, ReadOnlySpan<float> gradient,
        in AdamSettings settings, long step, float gradientScale = 1f, Workers? workers = null)
    {
        Require.SameLength(firstMoment, weights);
        Require.SameLength(secondMoment, weights);
        Require.SameLength(gradient, weights);
        Require.Apart(weights, firstMoment);
        Require.Apart(weights, secondMoment);
        Require.Apart(weights, gradient);
        Require.Apart(firstMoment, secondMoment);
        Require.Apart(firstMoment, gradient);
        Require.Apart(secondMoment, gradient);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var factors = new Factors(settings, step, gradientScale);
        var length = weights.Length;
        fixed (float* pinnedWeights = weights, pinnedFirst = firstMoment, pinnedSecond = secondMoment, pinnedGradient = gradient)
        {
            var (w, m, v, g) = ((nint)pinnedWeights, (nint)pinnedFirst, (nint)pinnedSecond, (nint)pinnedGradient);
            RowBlocks.For(length, 1, workers, (first, end) =>
                Update((float*)w + first, (float*)m + first, (float*)v + first, (float*)g + first, end - first, factors));
        }
    }

    private static void Update(float* weights, float* firstMoment, float* secondMoment, float* gradient, int length, in Factors factors)
    {
        var gradientScale = Vector512.Create(factors.GradientScale);
        var beta1 = Vector512.Create(factors.Beta1);
        var beta2 = Vector512.Create(factors.Beta2);
        var rest1 = Vector512.Create(factors.Rest1);
        var rest2 = Vector512.Create(factors.Rest2);
        var decay = Vector512.Create(factors.Decay);
        var stepSize = Vector512.Create(-factors.StepSize);
        var rootCorrection = Vector512.Create(factors.RootCorrection);
        var epsilon = Vector512.Create(factors.Epsilon);
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var g = Lanes.Load(gradient + i, length - i) * gradientScale;
            var m = Vector512.FusedMultiplyAdd(beta1, Lanes.Load(firstMoment + i, length - i), rest1 * g);
            var v = Vector512.FusedMultiplyAdd(beta2, Lanes.Load(secondMoment + i, length - i), rest2 * g * g);
            var w = Lanes.Load(weights + i, length - i) * decay;
            w = Vector512.FusedMultiplyAdd(stepSize, m / (Vector512.Sqrt(v) / rootCorrection + epsilon), w);
            Lanes.Store(m, firstMoment + i, length - i);
            Lanes.Store(v, secondMoment + i, length - i);
            Lanes.Store(w, weights + i, length - i);
        }
    }

    // What is the same for every element: computed in double precision, rounded once.
    private readonly struct Factors(in AdamSettings settings, long step, float gradientScale)
    {
        public readonly float GradientScale = gradientScale;
        public readonly float Beta1 = (float)settings.Beta1;
        public readonly float Beta2 = (float)settings.Beta2;
        public readonly float Rest1 = (float)(1 - settings.Beta1);
        public readonly float Rest2 = (float)(1 - settings.Beta2);
        public readonly float Decay = (float)(1 - settings.LearningRate * settings.WeightDecay);
        public readonly float StepSize = (float)(settings.LearningRate / (1 - Transcendental.Pow(settings.Beta1, step)));
        public readonly float RootCorrection = (float)Math.Sqrt(1 - Transcendental.Pow(settings.Beta2, step));
        public readonly float Epsilon = (float)settings.Epsilon;
    }
}
