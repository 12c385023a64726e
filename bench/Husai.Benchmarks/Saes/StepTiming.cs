using System.Diagnostics;
using System.Globalization;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Saes;

/// <summary>
/// A training step on normal data, its encoder's product alone and, where a Python with PyTorch or the program of
/// <c>bench/Husai.Libtorch</c> is named, the usual step there: round after round, turn about, so that a change of the machine's speed falls
/// on all. Medians over all steps.
/// </summary>
internal static class StepTiming
{
    private const double SecondsPerRound = 0.3;
    private const int WarmUpSteps = 40;

    /// <param name="args">Architecture, width, latents, k, rows, threads, rounds, Python or program.</param>
    public static void Run(string[] args)
    {
        int Number(int index, int fallback) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
        var method = TrainingMethods.Find(args.Length > 0 ? args[0] : "topk");
        var (width, latents, k, rows, threads) = (Number(1, 128), Number(2, 1024), Number(3, 32), Number(4, 256), Number(5, 2));
        using var workers = new Workers(threads);
        var weights = Weights(method, latents, width);
        var engine = new CpuEngine(Settings(method, latents, width, rows), weights, workers);
        var batches = Enumerable.Range(0, 8).Select(index => Normal(rows, width, (uint)index)).ToArray();
        var encoder = PackedMatrix.FromTransposed(weights.Encoder.Values);
        var rowsTogether = BatchBuffers.RowsTogether(latents, rows, threads);
        var columns = latents > BatchBuffers.WideLatents ? RowStage.PartColumns : int.MaxValue;
        var density = 0.0;
        var step = new Rounds(index => density = engine.Step(batches[index % 8], new StepSettings(3e-4, k, 1)).L0);
        var product = new Rounds(index => MatrixProduct.VisitBlocks(
            batches[index % 8], encoder, weights.EncoderBias.Values.Row(0)[..latents], rowsTogether, columns, (_, _, _, _) => { },
            workers));
        using var torch = args.Length > 7 ? new TorchStep(args[7], [.. args[..6]]) : null;
        var roundTrips = new List<double>();
        for (var round = 0; round < Number(6, 7); round++)
        {
            if (threads > 1)
            {
                roundTrips.Add(RoundTrip.Nanoseconds());
            }

            step.Run();
            product.Run();
            torch?.Run();
        }

        var rate = rows / step.Median;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{method.Name} d={width} M={latents} k={k} B={rows} threads={threads} L0={density:F0}: {rate:F0} rows/s, step "
                + $"{step.Median * 1e3:F3} ms, encoder {product.Median * 1e3:F3} ms, share {product.Median / step.Median:F2}; fastest "
                + $"tenth: step {step.FastestTenth * 1e3:F3} ms, encoder {product.FastestTenth * 1e3:F3} ms, share "
                + $"{product.FastestTenth / step.FastestTenth:F2}"));
        if (threads > 1)
        {
            Console.WriteLine(
                $"    round trip between two threads before each round: "
                    + $"{string.Join(" ", roundTrips.Select(time => time.ToString("F0", CultureInfo.InvariantCulture)))} ns");
        }

        if (torch is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    PyTorch {rows / torch.Median:F0} rows/s, step {torch.Median * 1e3:F3} ms; ratio {torch.Median / step.Median:F2}, by "
                    + $"rounds {torch.RatioByRounds(step):F2}; fastest tenth {torch.FastestTenth * 1e3:F3} ms, ratio "
                    + $"{torch.FastestTenth / step.FastestTenth:F2}"));
        }
    }

    internal static EngineSettings Settings(TrainingMethod method, int latents, int width, int rows) => new()
    {
        Method = method,
        BatchSize = rows,
        ReconstructionWeight = 1.0 / width,
        SparsityCoefficient = 1e-3,
        NestedWidths = [latents / 4, latents / 2, latents],
        AuxiliaryCoefficient = method.SelectsByK ? 1.0 / 32 : 0,
        AuxiliaryK = width / 2,
        DeadAfterRows = 1_000_000,
    };

    internal static TrainingWeights Weights(TrainingMethod method, int latents, int width)
    {
        var weights = new TrainingWeights(method, latents, width);
        var random = new RandomStream(1, "bench.weights");
        for (var latent = 0; latent < latents; latent++)
        {
            var row = weights.Decoder.Values.Row(latent)[..width];
            random.FillNormal(row, deviation: (float)(1 / Math.Sqrt(width)));
            row.CopyTo(weights.Encoder.Values.Row(latent));
        }

        return weights;
    }

    internal static Matrix Normal(int rows, int width, uint index)
    {
        var result = new Matrix(rows, width);
        new RandomStream(2, "bench.rows", index).FillNormal(result.AsSpan());
        return result;
    }

    /// <summary>Times of one kind of work, round by round.</summary>
    internal sealed class Rounds(Action<int> action)
    {
        private readonly List<double> _times = [];
        private int _index;

        public List<double> Medians { get; } = [];

        public double Median => Middle(_times);

        /// <summary>A tenth of the steps are at least this fast: on a machine with other work to do, what it would be without.</summary>
        public double FastestTenth => Tenth(_times);

        public static double Tenth(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return sorted[sorted.Length / 10];
        }

        public static double Middle(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return sorted[sorted.Length / 2];
        }

        public void Run()
        {
            // The first steps run in code that is not yet optimised; where a step takes a second, one of them is enough.
            for (var begin = Stopwatch.StartNew(); _index < WarmUpSteps && (_index == 0 || begin.Elapsed.TotalSeconds < 2); _index++)
            {
                action(_index);
            }

            var times = new List<double>();
            for (var total = Stopwatch.StartNew(); times.Count == 0 || total.Elapsed.TotalSeconds < SecondsPerRound; _index++)
            {
                var start = Stopwatch.GetTimestamp();
                action(_index);
                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            _times.AddRange(times);
            Medians.Add(Middle(times));
        }
    }
}
