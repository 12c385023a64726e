using BenchmarkDotNet.Attributes;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Benchmarks.Kernels;

/// <summary>The exact GELU beside a plain loop over the scalar error function.</summary>
public class GeluBenchmarks
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
            output[index] = (float)(0.5 * input[index] * (1 + Transcendental.Erf(input[index] * 0.7071067811865476)));
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => Gelu.Forward(_output, _input);
}
