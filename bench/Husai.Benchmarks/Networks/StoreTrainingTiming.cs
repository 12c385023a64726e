using System.Globalization;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Formats.Stores;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using static Husai.Benchmarks.Timing;

namespace Husai.Benchmarks.Networks;

/// <summary>Training on a store on the disk, turn about with training on the same rows in memory.</summary>
internal static class StoreTrainingTiming
{
    public static void Run(int rows, int width, int latents, int threads, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("husai-bench-").FullName;
        try
        {
            var memory = new Matrix(rows, width);
            new RandomStream(1, "bench.rows").FillNormal(memory.AsSpan());
            Write(folder, memory);
            using var stored = new StoredActivations(folder);
            using var workers = new Workers(threads);
            var options = new SaeOptions
            {
                Latents = latents,
                K = 32,
                Epochs = 1,
                BatchSize = 1024,
                CheckpointEvery = 0,
                EvaluateEvery = 0,
            };
            var (fromMemory, fromStore, hashes) = (new List<double>(), new List<double>(), new HashSet<string>());
            for (var round = 0; round <= rounds; round++)
            {
                var times = (
                    Memory: Time(options, new MatrixActivations(memory), workers, hashes), Store: Time(options, stored, workers, hashes));

                // The first round compiles.
                if (round > 0)
                {
                    fromMemory.Add(rows / times.Memory);
                    fromStore.Add(rows / times.Store);
                }
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"topk d={width} M={latents} k=32 B=1024, {rows} rows, {threads} threads, medians of {rounds}: from memory "
                    + $"{Median(fromMemory):F0} rows/s, from a store {Median(fromStore):F0} = "
                    + $"{Median(fromStore) / Median(fromMemory):F2} of it; {(hashes.Count == 1 ? "same bits" : "DIFFERENT BITS")}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, Matrix rows)
    {
        var description = new StoreDescription
        {
            Width = rows.Columns,
            Type = StoreType.F32,
            RowsPerShard = ActivationStoreWriter.UsualRows(rows.Columns, StoreType.F32),
            Source = new StoreSource(),
        };
        var writer = ActivationStoreWriter.Open(folder, description, []);
        for (var row = 0; row < rows.Rows; row++)
        {
            writer.Append(rows.Row(row), new StoredToken(-1, row, row, -1, -1));
        }

        writer.Finish();
    }

    private static double Time(SaeOptions options, IActivationSource source, Workers workers, HashSet<string> hashes) =>
        Seconds(() => hashes.Add(new SaeTrainer(options, source, workers: workers).Train().WeightsHash));
}
