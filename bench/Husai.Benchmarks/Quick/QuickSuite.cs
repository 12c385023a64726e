using System.Diagnostics;
using Husai.Numerics.Instructions;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Selection;

namespace Husai.Benchmarks.Quick;

/// <summary>Every kernel once, in well under a minute: its rate, and the share of the machine's measured peak that it reaches.</summary>
internal sealed class QuickSuite(Workers workers)
{
    private const double SecondsForEach = 1.0;

    public void Run()
    {
        var peak = MachinePeak.Measure(workers);
        Console.WriteLine(
            $"{workers.Threads} threads, tier {Hardware.Tier}; measured peak {peak.Flops / 1e9:F0} GFLOP/s, copy "
                + $"{peak.Bandwidth / 1e9:F1} GB/s (read + write)");
        Console.WriteLine($"{"kernel",-44}{"rate",16}{"share of peak",16}");
        foreach (var (form, rows, columns, inner) in QuickWork.Products)
        {
            Report(
                $"product {form} {rows}x{columns}x{inner}", QuickWork.Product(form, rows, columns, inner, workers),
                2.0 * rows * columns * inner, peak.Flops, "GFLOP/s");
        }

        foreach (var kernel in QuickWork.MemoryBound(workers))
        {
            Report(kernel.Name, kernel.Run, kernel.Bytes, peak.Bandwidth, "GB/s");
        }

        foreach (var (latents, width) in new[] { (1024, 128), (24576, 768) })
        {
            ReportSelection(latents, width);
        }
    }

    // The cost of selecting 32 of a row against the product that made the row, both on one thread.
    private static void ReportSelection(int latents, int width)
    {
        const int rows = 48;
        const int k = 32;
        var input = QuickWork.Normal(rows, width);
        var encoder = PackedMatrix.FromTransposed(QuickWork.Normal(latents, width));
        var codes = new Matrix(rows, latents);
        var indices = new int[k];
        var values = new float[k];
        var product = Median(() => MatrixProduct.VisitBlocks(input, encoder, default, rows, 2048, (_, _, _, _) => { }));
        MatrixProduct.VisitBlocks(
            input, encoder, default, rows, 2048,
            (row, column, block, _) => codes.Slice(row, block.Rows, column, block.Columns).CopyFrom(block));
        var selection = Median(() =>
        {
            for (var row = 0; row < rows; row++)
            {
                TopK.Select(codes.Row(row), k, indices, values);
            }
        });
        Console.WriteLine(
            $"{$"top {k} of {latents} (width {width})",-44}{selection / rows * 1e6,13:F2} us{selection / product,15:P1} of its product");
    }

    private static void Report(string name, Action run, double work, double peak, string unit)
    {
        var rate = work / Median(run);
        Console.WriteLine($"{name,-44}{rate / 1e9,8:F1} {unit,-7}{rate / peak,16:P0}");
    }

    private static double Median(Action run)
    {
        run();
        var times = new List<double>();
        var begin = Stopwatch.GetTimestamp();
        while (times.Count < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < SecondsForEach)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
