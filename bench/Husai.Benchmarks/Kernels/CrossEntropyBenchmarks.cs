using BenchmarkDotNet.Attributes;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Benchmarks.Kernels;

/// <summary>Cross-entropy with its gradient beside a plain loop.</summary>
public class CrossEntropyBenchmarks
{
    private readonly Matrix _input = Inputs.Normal(1024, 1024);
    private readonly Matrix _output = new(1024, 1024);
    private readonly int[] _targets = Enumerable.Range(0, 1024).ToArray();

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        for (var row = 0; row < _input.Rows; row++)
        {
            var input = _input.Row(row);
            var output = _output.Row(row);
            var sum = 0.0;
            foreach (var logit in input)
            {
                sum += Transcendental.Exp(logit);
            }

            for (var index = 0; index < output.Length; index++)
            {
                output[index] = (float)(Transcendental.Exp(input[index]) / sum) - (index == _targets[row] ? 1f : 0f);
            }
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => CrossEntropy.ForwardBackward(_output, _input, _targets, [], 1.0 / 1024);
}
