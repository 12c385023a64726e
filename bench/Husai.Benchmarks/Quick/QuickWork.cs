using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Quick;

/// <summary>A kernel with the bytes that it must at least read and write.</summary>
internal sealed record MemoryBoundKernel(string Name, double Bytes, Action Run);

/// <summary>Inputs and calls of the quick suite.</summary>
internal static class QuickWork
{
    public static IEnumerable<(ProductForm Form, int Rows, int Columns, int Inner)> Products =>
    [
        (ProductForm.AB, 256, 1024, 128), (ProductForm.ABt, 256, 1024, 128), (ProductForm.AtB, 128, 1024, 256),
        (ProductForm.ABt, 4096, 1024, 128), (ProductForm.AtB, 128, 512, 3830), (ProductForm.AB, 2048, 2048, 2048),
    ];

    public static Matrix Normal(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        new RandomStream(1, "bench.quick").FillNormal(matrix.AsSpan());
        return matrix;
    }

    public static Action Product(ProductForm form, int rows, int columns, int inner, Workers workers)
    {
        var left = form == ProductForm.AtB ? Normal(inner, rows) : Normal(rows, inner);
        var right = form == ProductForm.ABt ? Normal(columns, inner) : Normal(inner, columns);
        var result = new Matrix(rows, columns);
        return () => MatrixProduct.Multiply(result, left, right, form, workers: workers);
    }

    public static IEnumerable<MemoryBoundKernel> MemoryBound(Workers workers)
    {
        const int rows = 8192;
        const int columns = 1024;
        const double size = (double)rows * columns * sizeof(float);
        var input = Normal(rows, columns);
        var output = new Matrix(rows, columns);
        var other = Normal(rows, columns);
        var targets = Enumerable.Range(0, rows).Select(row => row % columns).ToArray();
        var vector = new float[columns];
        var sums = new double[columns];
        var deviations = new float[rows];
        yield return new("softmax", 2 * size, () => Softmax.Forward(output, input, workers));
        yield return new(
            "cross-entropy with gradient", 2 * size, () => CrossEntropy.ForwardBackward(output, input, targets, [], 1.0 / rows, workers));
        yield return new(
            "layer norm", 3 * size, () => LayerNorm.Forward(output, other, deviations, input, vector, vector, workers: workers));
        yield return new("relu", 2 * size, () => Relu.Forward(output, input, workers));
        yield return new("gelu", 2 * size, () => Gelu.Forward(output, input, workers));
        yield return new("column sums", size, () => Reductions.ColumnSums(sums, input, workers));
        var first = new Matrix(rows, columns);
        var second = new Matrix(rows, columns);
        yield return new("adam", 7 * size, () => Adam.Step(
            output.AsSpan(), first.AsSpan(), second.AsSpan(), input.AsSpan(), new AdamSettings(1e-3f), 1, workers: workers));
        yield return new("philox normal", size, () => new RandomStream(1, "bench").FillNormal(output.AsSpan()));
    }
}
