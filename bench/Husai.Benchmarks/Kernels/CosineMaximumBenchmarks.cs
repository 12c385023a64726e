using BenchmarkDotNet.Attributes;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;

namespace Husai.Benchmarks.Kernels;

/// <summary>Nearest rows by cosine beside the product, stored and searched.</summary>
public class CosineMaximumBenchmarks
{
    private readonly Matrix _left = Inputs.Normal(1024, 128);
    private readonly Matrix _product = new(1024, 1024);
    private readonly float[] _maxima = new float[1024];

    /// <summary>A plain loop.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        MatrixProduct.Multiply(_product, _left, _left, ProductForm.ABt);
        for (var row = 0; row < _product.Rows; row++)
        {
            foreach (var value in _product.Row(row))
            {
                _maxima[row] = Math.Max(_maxima[row], Math.Abs(value));
            }
        }
    }

    /// <summary>The kernel on one thread.</summary>
    [Benchmark]
    public void Husai() => CosineMaximum.Find(_left, _left, absolute: true);
}
