using BenchmarkDotNet.Attributes;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Benchmarks.Kernels;

/// <summary>Row softmax beside a plain loop over the scalar exponential.</summary>
public class SoftmaxBenchmarks
{
    private readonly Matrix _input = Inputs.Normal(1024, 1024);
    private readonly Matrix _output = new(1024, 1024);

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        for (var row = 0; row < _input.Rows; row++)
        {
            var input = _input.Row(row);
            var output = _output.Row(row);
            var sum = 0.0;
            for (var index = 0; index < input.Length; index++)
            {
                output[index] = (float)Transcendental.Exp(input[index]);
                sum += output[index];
            }

            for (var index = 0; index < output.Length; index++)
            {
                output[index] = (float)(output[index] / sum);
            }
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => Softmax.Forward(_output, _input);
}
