using System.Diagnostics;
using System.Globalization;
using Husai.Autoencoders;
using Husai.Numerics;

namespace Husai.Benchmarks.Autoencoders;

/// <summary>Rows per second of a training step on normal data, beside the encoder's product alone. <c>bench/sae_step.py</c> does the same in PyTorch.</summary>
internal static class StepTiming
{
    public static void Run(string[] args)
    {
        int Number(int index, int fallback) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
        var architecture = args.Length > 0 ? args[0] : "topk";
        var (width, latents, k, rows, threads) = (Number(1, 128), Number(2, 1024), Number(3, 32), Number(4, 256), Number(5, 2));
        using var workers = new Workers(threads);
        var settings = new EngineSettings
        {
            Architecture = architecture,
            BatchSize = rows,
            ReconstructionWeight = 1.0 / width,
            SparsityCoefficient = 1e-3,
            NestedWidths = [latents / 4, latents / 2, latents],
            AuxiliaryCoefficient = architecture == "relu" ? 0 : 1.0 / 32,
            AuxiliaryK = width / 2,
            DeadAfterRows = 1_000_000,
        };
        var weights = Weights(architecture, latents, width);
        var engine = new CpuEngine(settings, weights, workers);
        var batches = Enumerable.Range(0, 8).Select(index => Normal(rows, width, (uint)index)).ToArray();
        var step = Time(index => engine.Step(batches[index % 8], new StepSettings(3e-4, k, 1)));
        var encoder = PackedMatrix.FromTransposed(weights.Encoder.Values);
        var block = rows < 1024 ? 24 : 48;
        var product = Time(index => MatrixProduct.VisitBlocks(
            batches[index % 8], encoder, weights.EncoderBias.Values.Row(0)[..latents], latents > 8192 ? 144 : block,
            latents > 8192 ? 1024 : int.MaxValue, (_, _, _, _) => { }, workers));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{architecture} d={width} M={latents} k={k} B={rows} threads={threads}: {rows / step:F0} rows/s, step {step * 1e3:F3} ms, encoder {product * 1e3:F3} ms, share {product / step:F2}"));
    }

    private static TrainingWeights Weights(string architecture, int latents, int width)
    {
        var weights = new TrainingWeights(architecture, latents, width);
        var random = new RandomStream(1, "bench.weights");
        for (var latent = 0; latent < latents; latent++)
        {
            var row = weights.Decoder.Values.Row(latent)[..width];
            random.FillNormal(row, deviation: (float)(1 / Math.Sqrt(width)));
            row.CopyTo(weights.Encoder.Values.Row(latent));
        }

        return weights;
    }

    private static Matrix Normal(int rows, int width, uint index)
    {
        var result = new Matrix(rows, width);
        new RandomStream(2, "bench.rows", index).FillNormal(result.AsSpan());
        return result;
    }

    // A tenth of the steps are at least this fast: on a shared machine, means and medians tell of the neighbours.
    private static double Time(Action<int> action)
    {
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        for (var index = 0; times.Count < 7 || total.Elapsed.TotalSeconds < 3; index++)
        {
            var start = Stopwatch.GetTimestamp();
            action(index);
            if (index > 1)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        times.Sort();
        return times[times.Count / 10];
    }
}
