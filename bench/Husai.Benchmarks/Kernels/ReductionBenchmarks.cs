using BenchmarkDotNet.Attributes;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Benchmarks.Kernels;

/// <summary>The sum of squares beside a plain loop.</summary>
public class ReductionBenchmarks
{
    private readonly Matrix _input = Inputs.Normal(1024, 1024);
    private double _result;

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        var sum = 0.0;
        foreach (var value in _input.AsSpan())
        {
            sum += (double)value * value;
        }

        _result = sum;
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => _result = Reductions.SumOfSquares(_input.AsSpan());
}
