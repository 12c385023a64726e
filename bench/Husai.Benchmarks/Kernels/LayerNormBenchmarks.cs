using BenchmarkDotNet.Attributes;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Benchmarks.Kernels;

/// <summary>Layer norm beside a plain loop.</summary>
public class LayerNormBenchmarks
{
    private readonly Matrix _input = Inputs.Normal(1024, 1024);
    private readonly Matrix _output = new(1024, 1024);
    private readonly Matrix _normalised = new(1024, 1024);
    private readonly float[] _deviations = new float[1024];
    private readonly float[] _gain = new float[1024];

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        for (var row = 0; row < _input.Rows; row++)
        {
            var input = _input.Row(row);
            var output = _output.Row(row);
            double mean = 0, square = 0;
            foreach (var value in input)
            {
                mean += value;
                square += value * value;
            }

            mean /= input.Length;
            var inverse = 1 / Math.Sqrt((square / input.Length) - (mean * mean) + 1e-5);
            for (var index = 0; index < output.Length; index++)
            {
                output[index] = (float)((input[index] - mean) * inverse) * _gain[index];
            }
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => LayerNorm.Forward(_output, _normalised, _deviations, _input, _gain, _gain);
}
