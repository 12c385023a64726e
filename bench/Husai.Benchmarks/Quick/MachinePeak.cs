using System.Diagnostics;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Benchmarks.Quick;

/// <summary>What this machine can do at best, measured now: the measure of every share that is printed.</summary>
/// <param name="Flops">Fused multiply-adds of register tiles that stay in the first-level cache, as flops per second.</param>
/// <param name="Bandwidth">Bytes per second of a copy between arrays far larger than the caches (bytes read plus bytes written).</param>
internal sealed record MachinePeak(double Flops, double Bandwidth)
{
    public static MachinePeak Measure(Workers workers) => new(MeasureFlops(workers), MeasureBandwidth(workers));

    private static unsafe double MeasureFlops(Workers workers)
    {
        const int inner = 128;
        const int repeats = 2000;
        var best = 0.0;
        var panels = Enumerable.Range(0, workers.Threads)
            .Select(_ =>
                (Left: new Matrix(Tile.Rows, inner), Right: new Matrix(Tile.Columns, inner), Result: new Matrix(Tile.Rows, Tile.Columns)))
            .ToArray();
        for (var round = 0; round < 20; round++)
        {
            var start = Stopwatch.GetTimestamp();
            workers.For(workers.Threads, (block, _) =>
            {
                var (left, right, result) = panels[block];
                for (var repeat = 0; repeat < repeats; repeat++)
                {
                    Tile.Multiply(left.Pointer, right.Pointer, inner, result.Pointer, Tile.Columns, accumulate: false, Tile.Rows);
                }
            });
            var work = 2.0 * Tile.Rows * Tile.Columns * inner * repeats * workers.Threads;
            best = Math.Max(best, work / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static double MeasureBandwidth(Workers workers)
    {
        const int rows = 64;
        const int columns = 1 << 20;
        var source = new Matrix(rows, columns);
        var target = new Matrix(rows, columns);
        source.Fill(1f);
        var best = 0.0;
        for (var round = 0; round < 8; round++)
        {
            var start = Stopwatch.GetTimestamp();
            workers.For(rows, (row, _) => source.Row(row).CopyTo(target.Row(row)));
            best = Math.Max(best, 2.0 * rows * columns * sizeof(float) / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
