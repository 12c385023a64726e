using BenchmarkDotNet.Attributes;
using Husai.Numerics.Selection;

namespace Husai.Benchmarks.Kernels;

/// <summary>Row top-k beside sorting the row.</summary>
public class TopKBenchmarks
{
    private readonly int[] _indices = new int[32];
    private readonly float[] _values = new float[32];
    private float[] _row = [];
    private int[] _order = [];
    private float[] _keys = [];

    /// <summary>Length of the row.</summary>
    [Params(1024, 24576)]
    public int Latents { get; set; }

    /// <summary>Makes the row.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _row = Inputs.Normal(1, Latents).AsSpan().ToArray();
        _order = new int[Latents];
        _keys = new float[Latents];
    }

    /// <summary>Sorts indices by value.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        for (var index = 0; index < Latents; index++)
        {
            _order[index] = index;
            _keys[index] = -_row[index];
        }

        Array.Sort(_keys, _order);
    }

    /// <summary>Selection by group maxima and bisection.</summary>
    [Benchmark]
    public void Husai() => TopK.Select(_row, 32, _indices, _values);
}
