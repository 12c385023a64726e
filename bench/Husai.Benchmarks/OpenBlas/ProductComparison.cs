using System.Diagnostics;
using Husai.Numerics.Instructions;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.OpenBlas;

/// <summary>Times the same products by Husai and by OpenBLAS in one process, turn about, and prints the median of the ratios.</summary>
internal static unsafe class ProductComparison
{
    private const int MillisecondsUntilAsleep = 40;
    private const int MillisecondsOfWarmUp = 60;
    private const double WorkOfTurn = 1.2e10;

    private static readonly (int Rows, int Columns, int Inner)[] Shapes =
    [
        (256, 1024, 128), (4096, 1024, 128), (3830, 512, 128), (2048, 2048, 2048), (4096, 24576, 768),
    ];

    public static void Run(int threads, int rounds, string? only = null)
    {
        using var workers = new Workers(threads);
        OpenBlasLibrary.SetThreads(threads);
        Console.WriteLine(
            $"products in f32, {threads} threads, tier {Hardware.Tier}, OpenBLAS kernels {OpenBlasLibrary.Kernels}, median of {rounds} "
                + $"alternating rounds");
        Console.WriteLine($"{"form",-5}{"m x n x k",20}{"Husai GFLOP/s",16}{"OpenBLAS GFLOP/s",18}{"ratio",8}{"difference",12}");
        foreach (var (rows, columns, inner) in Shapes.Where(shape => only is null || only == $"{shape.Rows}x{shape.Columns}x{shape.Inner}"))
        {
            Compare(ProductForm.AB, rows, columns, inner, workers, rounds);
            Compare(ProductForm.ABt, rows, columns, inner, workers, rounds);
            // The gradient of the weights: the long dimension is the inner one.
            Compare(ProductForm.AtB, inner, columns, rows, workers, rounds);
        }
    }

    private static void Compare(ProductForm form, int rows, int columns, int inner, Workers workers, int rounds)
    {
        var transposeLeft = form is ProductForm.AtB;
        var transposeRight = form is ProductForm.ABt;
        var left = Normal(transposeLeft ? inner : rows, transposeLeft ? rows : inner, "left");
        var right = Normal(transposeRight ? columns : inner, transposeRight ? inner : columns, "right");
        var ours = new Matrix(rows, columns);
        var theirs = new Matrix(rows, columns);
        var work = 2.0 * rows * columns * inner;
        var repeats = (int)Math.Clamp(WorkOfTurn / work, 1, 1000);
        var ratios = new List<double>();
        var oursRate = new List<double>();
        var theirsRate = new List<double>();
        fixed (float* a = left.AsSpan(), b = right.AsSpan(), c = theirs.AsSpan())
        {
            var (leftAt, rightAt, resultAt) = ((nint)a, (nint)b, (nint)c);
            void Ours() => MatrixProduct.Multiply(ours, left, right, form, workers: workers);
            void Theirs() => OpenBlasLibrary.Multiply(
                transposeLeft, transposeRight, rows, columns, inner, (float*)leftAt, left.Columns, (float*)rightAt, right.Columns,
                (float*)resultAt, columns);
            for (var round = 0; round < rounds; round++)
            {
                var first = Turn(Ours, repeats);
                var second = Turn(Theirs, repeats);
                oursRate.Add(work / first / 1e9);
                theirsRate.Add(work / second / 1e9);
                ratios.Add(second / first);
            }
        }

        Console.WriteLine(
            $"{form,-5}{$"{rows}x{columns}x{inner}",20}{Median(oursRate),16:F1}{Median(theirsRate),18:F1}{Median(ratios),8:F2}"
                + $"{Difference(ours, theirs),12:E1}");
    }

    private static Matrix Normal(int rows, int columns, string purpose)
    {
        var matrix = new Matrix(rows, columns);
        new RandomStream(1, "bench." + purpose).FillNormal(matrix.AsSpan());
        return matrix;
    }

    // Either side's threads spin for a while after their last product: wait until they sleep. Then work until the scheduler has given each
    // of the threads a processor, which takes it tens of milliseconds, before the clock starts.
    private static double Turn(Action action, int repeats)
    {
        Thread.Sleep(MillisecondsUntilAsleep);
        var start = Stopwatch.GetTimestamp();
        do
        {
            action();
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < MillisecondsOfWarmUp);

        return Time(action, repeats);
    }

    private static double Time(Action action, int repeats)
    {
        var start = Stopwatch.GetTimestamp();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    // Largest difference relative to the largest element: a wrong product must not win.
    private static double Difference(Matrix left, Matrix right)
    {
        double largest = 0, scale = 0;
        for (var row = 0; row < left.Rows; row++)
        {
            for (var column = 0; column < left.Columns; column++)
            {
                largest = Math.Max(largest, Math.Abs(left[row, column] - right[row, column]));
                scale = Math.Max(scale, Math.Abs(right[row, column]));
            }
        }

        return largest / scale;
    }
}
