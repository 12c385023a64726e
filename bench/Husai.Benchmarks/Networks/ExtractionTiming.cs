using System.Globalization;
using Husai.Networks.Extraction;
using Husai.Networks.Onnx;
using Husai.Networks.Running;
using Husai.Networks.Sites;
using Husai.Networks.Text;
using Microsoft.ML.OnnxRuntime;
using static Husai.Benchmarks.Timing;

namespace Husai.Benchmarks.Networks;

/// <summary>
/// Text to a store, turn about with a bare loop that runs OnnxRuntime on the same batches, made before, and keeps nothing.
/// </summary>
internal static class ExtractionTiming
{
    private const int ContextLength = 64;

    public static void Run(string model, string text, string site, int rows, int threads, int rounds)
    {
        var request = new ExtractionRequest
        {
            Model = model,
            Text = text,
            Sites = [site],
            Options = new ExtractionOptions { ContextLength = ContextLength, MostRows = rows },
        };
        var batches = Batches(request);
        var (bare, ours) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var times = (Bare: Seconds(() => RunBare(request, batches, threads)), Ours: Seconds(() => Extract(request, rows, threads)));

            // The first round compiles and reads files from the disk.
            if (round > 0)
            {
                bare.Add(rows / times.Bare);
                ours.Add(rows / times.Ours);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{site}, {rows} rows, contexts of {ContextLength}, {threads} threads, medians of {rounds}: bare loop {Median(bare):F0} "
                + $"rows/s, extraction into a store {Median(ours):F0} = {Median(ours) / Median(bare):F2} of it"));
    }

    private static List<TokenBatch> Batches(ExtractionRequest request)
    {
        var extraction = request.Open(threads: 1);
        var contexts = new ContextReader(
            extraction.Corpus, extraction.Tokenizer, request.Options.ContextLength, request.Options.IsPacked,
            TokenLimits.Of(extraction.File.Graph).Vocabulary);
        var (batches, rows) = (new List<TokenBatch>(), 0L);
        foreach (var batch in ContextBatches.Of(contexts.Read(new CorpusCounts()), request.Options.Batch))
        {
            if (rows >= request.Options.MostRows)
            {
                break;
            }

            batches.Add(TokenBatch.Of(batch, extraction.Tokenizer!.Padding));
            rows += batch.Sum(context => context.Tokens.Count(token => !token.IsSpecial));
        }

        return batches;
    }

    private static void RunBare(ExtractionRequest request, List<TokenBatch> batches, int threads)
    {
        var file = OnnxFile.Read(request.Model);
        var tensor = NetworkSites.Require(file, NetworkSites.Find(file, threads), request.Sites[0]).Name;
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        using var session = new InferenceSession(file.WithOutputs([tensor]), options);
        using var run = new RunOptions();
        foreach (var batch in batches)
        {
            long[] shape = [batch.Sequences, batch.Length];
            using var ids = OrtValue.CreateTensorValueFromMemory(batch.Ids, shape);
            using var mask = OrtValue.CreateTensorValueFromMemory(batch.Mask, shape);
            using var types = OrtValue.CreateTensorValueFromMemory(new long[batch.Ids.Length], shape);
            using var outputs = session.Run(
                run, new Dictionary<string, OrtValue> { ["input_ids"] = ids, ["attention_mask"] = mask, ["token_type_ids"] = types },
                [tensor]);
        }
    }

    private static void Extract(ExtractionRequest request, int rows, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("husai-bench-").FullName;
        try
        {
            var stores = new StoreExtraction(request.Open(threads), _ => Path.Combine(folder, "store"));
            stores.Open();
            stores.Fill(rows, threads);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
