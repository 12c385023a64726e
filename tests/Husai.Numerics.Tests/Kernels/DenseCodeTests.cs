using Husai.Numerics.Kernels;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public sealed unsafe class DenseCodeTests
{
    private const float Penalty = 0.25f;
    private const double Bandwidth = 0.5;

    [Fact]
    public void A_threshold_code_and_its_way_back_are_those_of_each_element_at_every_length()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var data = new Data(length);
            for (var n = 0; n < length; n++)
            {
                // Quarters, some of them thresholds: what is equal does not fire, and is near.
                data.PreActivations[n] = (data.Stream.NextInt32(17) - 8) / 4f;
                data.Thresholds[n] = data.Stream.NextInt32(5) / 4f;
            }

            float Code(int n) => data.PreActivations[n] > data.Thresholds[n] && data.PreActivations[n] > 0 ? data.PreActivations[n] : 0;
            bool IsNear(int n) => Math.Abs(data.PreActivations[n] - data.Thresholds[n]) < (float)(Bandwidth / 2);
            var passed = Every(length, n => Code(n) > 0 ? data.Gradients[n] : 0);
            var expected = data.Plus(
                passed, Every(length, n => IsNear(n) ? -data.Thresholds[n] * (float)(1 / Bandwidth) * data.Gradients[n] : 0),
                Every(length, n => IsNear(n) ? 1 : 0), n => Code(n) > 0);
            var codes = new float[length];
            fixed (float* p = data.PreActivations, threshold = data.Thresholds, code = codes, gradient = data.Gradients)
            fixed (float* sums = data.Sums[0], first = data.Sums[1], second = data.Sums[2])
            fixed (int* fired = data.Fired)
            {
                JumpReluCode.Activate(p, threshold, code, length);
                Assert.Equal(Every(length, Code), codes);
                Assert.Equal(codes.Count(value => value > 0), JumpReluCode.Backward(
                    gradient, p, code, threshold, Bandwidth, length, new CodeColumnSums(sums, fired, first, second)));
            }

            Assert.Equal(passed, data.Gradients);
            data.AssertSums(expected);
        }
    }

    [Fact]
    public void A_gated_code_and_its_way_back_are_those_of_each_element_at_every_length()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var data = new Data(length);
            var (scales, gateBias, gateGradients) = (new float[length], new float[length], new float[length]);
            data.Stream.FillNormal(gateGradients);
            for (var n = 0; n < length; n++)
            {
                data.PreActivations[n] = Math.Max(0, data.Stream.NextInt32(9) - 4) / 4f;
                (scales[n], gateBias[n], data.Thresholds[n]) =
                    (0.5f + data.Stream.NextSingle(), data.Stream.NextSingle() - 0.5f, data.Stream.NextSingle() - 0.5f);
            }

            float Code(int n) => data.PreActivations[n] > 0
                ? Math.Max(MathF.FusedMultiplyAdd(scales[n], data.PreActivations[n] - gateBias[n], data.Thresholds[n]), 0)
                : 0;
            float Magnitude(int n) => Code(n) > 0 ? data.Gradients[n] : 0;
            var passed = Every(
                length,
                n => data.PreActivations[n] > 0 ? MathF.FusedMultiplyAdd(scales[n], Magnitude(n), gateGradients[n] + Penalty) : 0);
            var expected = data.Plus(
                passed, Every(length, Magnitude), Every(length, n => Magnitude(n) * (data.PreActivations[n] - gateBias[n])),
                n => Code(n) > 0);
            var codes = new float[length];
            fixed (float* gate = data.PreActivations, bias = data.Thresholds, code = codes, gradient = data.Gradients)
            fixed (float* scale = scales, gateOffset = gateBias, gateGradient = gateGradients)
            fixed (float* sums = data.Sums[0], first = data.Sums[1], second = data.Sums[2])
            fixed (int* fired = data.Fired)
            {
                var weights = new GatedWeights(scale, gateOffset, bias);
                GatedCode.Activate(gate, weights, code, length);
                Assert.Equal(Every(length, Code), codes);
                Assert.Equal(codes.Count(value => value > 0), GatedCode.Backward(
                    gradient, gateGradient, gate, code, weights, Penalty, length, new CodeColumnSums(sums, fired, first, second),
                    out var sum));
                Assert.Equal(data.PreActivations.Sum(value => (double)value), sum);
            }

            Assert.Equal(passed, data.Gradients);
            data.AssertSums(expected);
        }
    }

    private static float[] Every(int length, Func<int, float> value) => [.. Enumerable.Range(0, length).Select(value)];

    private sealed class Data
    {
        public Data(int length)
        {
            Stream = new RandomStream(7, "dense codes", (uint)length);
            PreActivations = new float[length];
            Thresholds = new float[length];
            Gradients = new float[length];
            Sums = [new float[length], new float[length], new float[length]];
            Fired = [.. Enumerable.Range(0, length)];
            Stream.FillNormal(Gradients);
            foreach (var sums in Sums)
            {
                Stream.FillNormal(sums);
            }
        }

        public RandomStream Stream { get; }

        public float[] PreActivations { get; }

        public float[] Thresholds { get; }

        public float[] Gradients { get; }

        public float[][] Sums { get; }

        public int[] Fired { get; }

        public (float[][] Sums, int[] Fired) Plus(float[] gradients, float[] first, float[] second, Func<int, bool> fires)
        {
            float[][] added = [gradients, first, second];
            return (
                [.. Sums.Select((sums, number) => sums.Select((sum, n) => sum + added[number][n]).ToArray())],
                [.. Fired.Select((count, n) => count + (fires(n) ? 1 : 0))]);
        }

        public void AssertSums((float[][] Sums, int[] Fired) expected)
        {
            Assert.Equal(expected.Sums[0], Sums[0]);
            Assert.Equal(expected.Sums[1], Sums[1]);
            Assert.Equal(expected.Sums[2], Sums[2]);
            Assert.Equal(expected.Fired, Fired);
        }
    }
}
