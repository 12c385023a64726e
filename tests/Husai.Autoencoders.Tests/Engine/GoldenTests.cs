using Husai.Autoencoders.Engine;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>Against PyTorch: tests/Oracles/sae_golden.py.</summary>
public sealed class GoldenTests
{
    // Of the largest value of a tensor: what single precision leaves after ten steps.
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => GoldenCase.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_gradients_are_those_of_PyTorch(string name)
    {
        var golden = new GoldenCase(name);
        var weights = golden.InitialWeights();

        new CpuEngine(golden.Settings, weights, Workers.Alone).Step(golden.Batch(0), golden.Step);

        // The first moment of Adam after one step is a tenth of the gradient.
        foreach (var parameter in weights.Parameters)
        {
            var gradient = Unpadded(parameter, parameter.FirstMoment).Select(value => value * 10).ToArray();
            AssertClose(golden.Expected("gradient", parameter), gradient, parameter.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_steps_end_where_PyTorch_ends(string name)
    {
        var golden = new GoldenCase(name);
        var weights = golden.InitialWeights();
        var engine = new CpuEngine(golden.Settings, weights, Workers.Alone);

        for (var step = 0; step < GoldenCase.Steps; step++)
        {
            var loss = engine.Step(golden.Batch(step), golden.Step).Loss;
            Assert.Equal(1, loss / golden.Losses[step], Tolerance);
        }

        foreach (var parameter in weights.Parameters)
        {
            AssertClose(golden.Expected("final", parameter), Unpadded(parameter, parameter.Values), parameter.Name);
        }
    }

    /// <summary>What has a dense step, with every step by dense products and with none.</summary>
    public static TheoryData<string, double> SparseAndDense => new(
        from name in (string[])["relu", "jumprelu", "jumprelu_target", "gated"]
        from denseAbove in (double[])[0, 1]
        select (name, denseAbove));

    [Theory]
    [MemberData(nameof(SparseAndDense))]
    public void Sparse_and_dense_steps_agree(string name, double denseAbove)
    {
        var golden = new GoldenCase(name);
        var weights = golden.InitialWeights();
        var engine = new CpuEngine(golden.Settings with { DenseAbove = denseAbove }, weights, Workers.Alone);

        for (var step = 0; step < GoldenCase.Steps; step++)
        {
            Assert.Equal(1, engine.Step(golden.Batch(step), golden.Step).Loss / golden.Losses[step], Tolerance);
        }

        foreach (var parameter in weights.Parameters)
        {
            AssertClose(golden.Expected("final", parameter), Unpadded(parameter, parameter.Values), parameter.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_number_of_threads_gives_the_same_bits(string name) => AssertThreadsDoNotMatter(new GoldenCase(name), 0.2);

    [Theory]
    [MemberData(nameof(SparseAndDense))]
    public void Nor_do_threads_matter_to_sparse_or_dense_steps(string name, double denseAbove) =>
        AssertThreadsDoNotMatter(new GoldenCase(name), denseAbove);

    private static void AssertThreadsDoNotMatter(GoldenCase golden, double denseAbove)
    {
        using var workers = new Workers(3);
        var settings = golden.Settings with { DenseAbove = denseAbove };
        var alone = golden.InitialWeights();
        var shared = golden.InitialWeights();
        var first = new CpuEngine(settings, alone, Workers.Alone);
        var second = new CpuEngine(settings, shared, workers);

        for (var step = 0; step < GoldenCase.Steps; step++)
        {
            Assert.Equal(first.Step(golden.Batch(step), golden.Step), second.Step(golden.Batch(step), golden.Step));
        }

        foreach (var (left, right) in alone.Parameters.Zip(shared.Parameters))
        {
            Assert.Equal(left.Values.AsSpan(), right.Values.AsSpan());
        }
    }

    private static double[] Unpadded(Parameter parameter, Matrix values) =>
        [.. values.SliceColumns(0, parameter.Columns).Clone().AsSpan().ToArray().Select(value => (double)value)];

    private static void AssertClose(double[] expected, double[] actual, string name)
    {
        var scale = expected.Max(Math.Abs);
        var worst = expected.Zip(actual, (left, right) => Math.Abs(left - right)).Max() / scale;
        Assert.True(worst < Tolerance, $"{name} differs by {worst:E2} of its largest value {scale:E2}");
    }
}
