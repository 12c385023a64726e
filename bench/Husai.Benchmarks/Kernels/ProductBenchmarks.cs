using BenchmarkDotNet.Attributes;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;

namespace Husai.Benchmarks.Kernels;

/// <summary>The blocked product beside three plain loops.</summary>
public class ProductBenchmarks
{
    private readonly Matrix _left = Inputs.Normal(256, 128);
    private readonly Matrix _right = Inputs.Normal(128, 1024);
    private readonly Matrix _result = new(256, 1024);

    /// <summary>Three loops, the innermost over columns.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        _result.Clear();
        for (var row = 0; row < _left.Rows; row++)
        {
            var target = _result.Row(row);
            for (var inner = 0; inner < _left.Columns; inner++)
            {
                var factor = _left[row, inner];
                var source = _right.Row(inner);
                for (var column = 0; column < target.Length; column++)
                {
                    target[column] += factor * source[column];
                }
            }
        }
    }

    /// <summary>The blocked product on one thread.</summary>
    [Benchmark]
    public void Husai() => MatrixProduct.Multiply(_result, _left, _right);
}
