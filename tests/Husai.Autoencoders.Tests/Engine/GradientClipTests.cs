using Husai.Autoencoders.Engine;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>
/// The bound on the norm of all gradients together: against the gradients without it, for every golden case, sparse and dense.
/// </summary>
public sealed class GradientClipTests
{
    public static TheoryData<string, double> Steps => FrozenUpdateTests.Steps;

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_larger_gradient_is_scaled_to_the_bound_and_a_smaller_one_stays(string name, double denseAbove)
    {
        var free = Step(name, denseAbove, 0);
        var squares = free.Parameters.Sum(parameter => parameter.FirstMoment.AsSpan().ToArray().Sum(value => (double)value * value));
        var norm = 10 * Math.Sqrt(squares);

        var (clipped, wide) = (Step(name, denseAbove, norm / 3), Step(name, denseAbove, norm * 1.01));

        foreach (var ((expected, scaled), same) in free.Parameters.Zip(clipped.Parameters).Zip(wide.Parameters))
        {
            Assert.Equal(expected.FirstMoment.AsSpan(), same.FirstMoment.AsSpan());
            Assert.Equal(expected.Values.AsSpan(), same.Values.AsSpan());
            var largest = expected.FirstMoment.AsSpan().ToArray().Max(Math.Abs);
            foreach (var (whole, third) in expected.FirstMoment.AsSpan().ToArray().Zip(scaled.FirstMoment.AsSpan().ToArray()))
            {
                Assert.Equal(whole / 3, third, 1e-5 * largest);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Threads_change_no_bit(string name, double denseAbove)
    {
        using var workers = new Workers(3);
        foreach (var (alone, together) in Step(name, denseAbove, 0.01).Parameters.Zip(Step(name, denseAbove, 0.01, workers).Parameters))
        {
            Assert.Equal(alone.Values.AsSpan(), together.Values.AsSpan());
        }
    }

    // Projection changes the decoder's gradient after the bound: without it what Adam takes is the gradient.
    private static TrainingWeights Step(string name, double denseAbove, double bound, Workers? workers = null)
    {
        var golden = new GoldenCase(name);
        var weights = golden.InitialWeights();
        var settings = golden.Settings with { DenseAbove = denseAbove, GradientClipNorm = bound, ProjectsDecoderGradient = false };
        new CpuEngine(settings, weights, workers ?? Workers.Alone).Step(golden.Batch(0), golden.Step);
        return weights;
    }
}
