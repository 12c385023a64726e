using Husai.Autoencoders.Engine;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>A weighted penalty that is steered has dense steps too: they and sparse ones are the same in single precision.</summary>
public sealed class SteeredReluTests
{
    [Fact]
    public void Sparse_and_dense_steps_agree()
    {
        var golden = new GoldenCase("relu_weighted");
        var (sparse, dense) = (Train(golden, 1), Train(golden, 0));

        foreach (var (expected, actual) in sparse.Parameters.Zip(dense.Parameters))
        {
            var largest = expected.Values.AsSpan().ToArray().Max(Math.Abs);
            foreach (var (one, other) in expected.Values.AsSpan().ToArray().Zip(actual.Values.AsSpan().ToArray()))
            {
                Assert.Equal(one, other, 1e-4 * Math.Max(largest, 1e-3));
            }
        }

        Assert.Equal(sparse.SparsityControl.Multiplier, dense.SparsityControl.Multiplier, 1e-9);
        Assert.NotEqual(1, dense.SparsityControl.Multiplier);
    }

    private static TrainingWeights Train(GoldenCase golden, double denseAbove)
    {
        var weights = golden.InitialWeights();
        var engine = new CpuEngine(golden.Settings with { ControlledL0 = 3, DenseAbove = denseAbove }, weights, Workers.Alone);
        for (var step = 0; step < GoldenCase.Steps; step++)
        {
            engine.Step(golden.Batch(step), golden.Step);
        }

        return weights;
    }
}
