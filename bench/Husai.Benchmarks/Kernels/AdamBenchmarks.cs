using BenchmarkDotNet.Attributes;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;

namespace Husai.Benchmarks.Kernels;

/// <summary>Adam beside a plain loop.</summary>
public class AdamBenchmarks
{
    private readonly Matrix _input = Inputs.Normal(1024, 1024);
    private readonly Matrix _output = new(1024, 1024);
    private readonly Matrix _first = new(1024, 1024);
    private readonly Matrix _second = new(1024, 1024);

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        var gradient = _input.AsSpan();
        var weights = _output.AsSpan();
        var first = _first.AsSpan();
        var second = _second.AsSpan();
        for (var index = 0; index < gradient.Length; index++)
        {
            first[index] = (0.9f * first[index]) + (0.1f * gradient[index]);
            second[index] = (0.999f * second[index]) + (0.001f * gradient[index] * gradient[index]);
            weights[index] -= 1e-3f * first[index] / (MathF.Sqrt(second[index]) + 1e-8f);
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => Adam.Step(_output.AsSpan(), _first.AsSpan(), _second.AsSpan(), _input.AsSpan(), new AdamSettings(1e-3f), 1);
}
