using BenchmarkDotNet.Attributes;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Benchmarks.Kernels;

/// <summary>The rectifier beside a plain loop.</summary>
public class ReluBenchmarks
{
    private readonly Matrix _input = Inputs.Normal(1024, 1024);
    private readonly Matrix _output = new(1024, 1024);

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        var input = _input.AsSpan();
        var output = _output.AsSpan();
        for (var index = 0; index < input.Length; index++)
        {
            output[index] = Math.Max(input[index], 0f);
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => Relu.Forward(_output, _input);
}
