using BenchmarkDotNet.Attributes;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Kernels;

/// <summary>Normal numbers in one call beside one at a time.</summary>
public class RandomStreamBenchmarks
{
    private readonly float[] _output = new float[1 << 20];

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        var stream = new RandomStream(1, "bench");
        for (var index = 0; index < _output.Length; index++)
        {
            _output[index] = (float)stream.NextNormal();
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => new RandomStream(1, "bench").FillNormal(_output);
}
