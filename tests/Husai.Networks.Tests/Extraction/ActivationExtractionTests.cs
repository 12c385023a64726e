using System.Runtime.InteropServices;
using Husai.Formats.Files;
using Husai.Formats.Protobuf;
using Husai.Formats.Stores;
using Husai.Networks.Extraction;
using Husai.Networks.Onnx;
using Husai.Networks.Running;
using Husai.Networks.Sites;
using Husai.Networks.Text;
using Husai.Numerics.Matrices;

namespace Husai.Networks.Tests.Extraction;

public sealed class ActivationExtractionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OnnxFile _file;
    private readonly IReadOnlyList<NetworkSite> _sites;
    private readonly TextTokenizer _tokenizer;

    public ActivationExtractionTests()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"]);
        _file = OnnxFile.Read(_folder["tiny.onnx"]);
        _sites = NetworkSites.Find(_file, 1);
        var words = Enumerable.Range(0, 26).Select(letter => $"{(char)('a' + letter)}");
        _tokenizer = TextTokenizer.Read(
            _folder.Write("vocab.txt", string.Join('\n', (string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words])));
        _folder.Write("corpus.txt", string.Join('\n', Enumerable.Range(1, 200).Select(line =>
            string.Join(' ', Enumerable.Range(0, 1 + line * 7 % 11).Select(place => (char)('a' + (line * 3 + place * 5) % 26))))));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RowSelection.Text, false)]
    [InlineData(RowSelection.All, false)]
    [InlineData(RowSelection.Last, false)]
    [InlineData(RowSelection.Pooled, false)]
    [InlineData(RowSelection.Text, true)]
    public void Stored_rows_are_those_of_a_plain_computation_and_lead_back_to_their_text(RowSelection rows, bool isPacked)
    {
        var options = new ExtractionOptions { ContextLength = 9, Rows = rows, IsPacked = isPacked, Batch = 7, RowsPerShard = 50 };
        Extract("store", options, "resid_post.0", out var counted);

        using var store = ActivationStore.Open(_folder["store"]);
        Assert.Equal(counted, store.Rows);
        var contexts = new ContextReader(Corpus(), _tokenizer, 9, isPacked).Read(new CorpusCounts())
            .ToDictionary(context => context.Number);
        var plain = new TinyNetwork();
        var seen = new HashSet<(long, int)>();
        var values = new Matrix(1, TinyNetwork.Width);
        for (var row = 0; row < store.Rows; row++)
        {
            var token = store.ReadTokens(row / 50)[row % 50];
            var context = contexts[token.Context];
            store.CopyTo([row], values);
            var expected = plain.Compute([.. context.Tokens.Select(item => item.Id)])["19"];
            var place = PlaceOf(context, token, row, store);
            var due = rows == RowSelection.Pooled
                ? [.. Enumerable.Range(0, TinyNetwork.Width).Select(column => expected.Average(item => item[column]))] : expected[place];
            Assert.True(seen.Add((token.Context, place)));
            for (var column = 0; column < TinyNetwork.Width; column++)
            {
                Assert.Equal(due[column], values[0, column], 1e-4);
            }
        }
    }

    [Fact]
    public void An_extraction_that_ended_anywhere_continues_to_the_same_bytes()
    {
        var options = new ExtractionOptions { ContextLength = 9, Batch = 7, RowsPerShard = 50, Type = StoreType.Bf16 };
        Extract("whole", options, "mlp_out.0", out _);
        var files = Directory.GetFiles(_folder["whole"]).Select(Path.GetFileName).Order().ToArray();
        for (var kept = 0; kept < files.Count(name => name!.StartsWith("shard", StringComparison.Ordinal)); kept++)
        {
            // What is there after so many shards: an unfinished description, and half a file under a temporary name.
            Directory.CreateDirectory(_folder["part"]);
            StoreDescription.Read(_folder["whole"]).Begun.Write(_folder["part"]);
            foreach (var name in files.Where(name => !name!.StartsWith('s')).Concat(
                files.Where(name => name!.StartsWith("shard", StringComparison.Ordinal)).Take(kept)))
            {
                File.Copy(_folder["whole", name!], _folder["part", name!]);
            }

            File.WriteAllText(_folder["part", "shard-00000.safetensors.1-2.tmp"], "half");
            Assert.Contains("unfinished", Assert.Throws<InvalidFileException>(() => ActivationStore.Open(_folder["part"])).Message);

            Extract("part", options, "mlp_out.0", out _);

            Assert.Equal(files, Directory.GetFiles(_folder["part"]).Select(Path.GetFileName).Order());
            Assert.All(files, name => Assert.Equal(File.ReadAllBytes(_folder["whole", name!]), File.ReadAllBytes(_folder["part", name!])));
            Directory.Delete(_folder["part"], recursive: true);
        }
    }

    [Fact]
    public void Reading_stops_after_the_rows_that_were_asked_for()
    {
        Extract("all", new ExtractionOptions { ContextLength = 9, RowsPerShard = 64 }, "resid_post.0", out var all);
        Extract("some", new ExtractionOptions { ContextLength = 9, RowsPerShard = 64, MostRows = 123 }, "resid_post.0", out var some);
        Assert.Equal(123, some);
        Assert.True(all > 500);
        using var first = ActivationStore.Open(_folder["all"]);
        using var second = ActivationStore.Open(_folder["some"]);
        Assert.Equal((123, 2), (second.Rows, second.Shards));
        int[] rows = [.. Enumerable.Range(0, 123)];
        var (a, b) = (new Matrix(123, TinyNetwork.Width), new Matrix(123, TinyNetwork.Width));
        first.CopyTo(rows, a);
        second.CopyTo(rows, b);
        Assert.Equal(a.AsSpan().ToArray(), b.AsSpan().ToArray());
    }

    [Fact]
    public void A_store_of_other_settings_is_not_continued()
    {
        Extract("store", new ExtractionOptions { ContextLength = 9 }, "resid_post.0", out _);
        var error = Assert.Throws<InvalidFileException>(
            () => Extract("store", new ExtractionOptions { ContextLength = 9 }, "mlp_out.0", out _));
        Assert.Contains("holds an activation store of another model, site, text or settings", error.Message);
    }

    [Fact]
    public void A_tokenizer_with_more_tokens_than_the_network_is_refused()
    {
        var many = TextTokenizer.Read(_folder.Write(
            "many.txt", string.Join('\n', ((string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]).Concat(
                Enumerable.Range(0, 100).Select(word => $"w{word}")))));
        var error = Assert.Throws<InvalidFileException>(() => new ActivationExtraction(
            _file, [_sites[0]], many, Networks.Text.Corpus.Open(_folder["corpus.txt"], many), null, new ExtractionOptions()));
        Assert.Contains("has 105 tokens, but", error.Message);
        Assert.Contains("knows 64: not its tokenizer", error.Message);
    }

    [Fact]
    public void A_corpus_without_text_is_refused()
    {
        var corpus = Networks.Text.Corpus.Open(_folder.Write("empty.txt", "\n \n"), _tokenizer);
        var extraction = new ActivationExtraction(_file, [_sites[0]], _tokenizer, corpus, null, new ExtractionOptions());
        Assert.Contains("empty.txt: holds no text", Assert.Throws<InvalidFileException>(() => extraction.Count()).Message);
    }

    [Fact]
    public void Rows_of_a_real_network_are_its_outputs_and_give_embeddings()
    {
        string[] sentences = ["A man is playing a guitar", "Someone plays an instrument", "The stock market fell sharply"];
        var file = OnnxFile.Read(MiniLm.Model);
        var tokenizer = TextTokenizer.Read(MiniLm.Vocabulary);
        var site = NetworkSites.Require(file, NetworkSites.Find(file, 2), "resid_post.5");
        var corpus = Networks.Text.Corpus.Open(_folder.Write("sentences.txt", string.Join('\n', sentences)), tokenizer);
        var extraction = new ActivationExtraction(
            file, [site], tokenizer, corpus, null, new ExtractionOptions { Rows = RowSelection.All });
        var writer = ActivationStoreWriter.Open(_folder["minilm"], extraction.Description(site), []);
        extraction.Run([writer], 2);
        writer.Finish();

        using var store = ActivationStore.Open(_folder["minilm"]);
        var tokens = store.ReadTokens(0);
        var rows = new Matrix((int)store.Rows, 384);
        store.CopyTo([.. Enumerable.Range(0, rows.Rows)], rows);
        var pooled = Enumerable.Range(0, 3).Select(context =>
        {
            int[] own = [.. Enumerable.Range(0, rows.Rows).Where(row => tokens[row].Context == context)];
            double[] mean = [.. Enumerable.Range(0, 384).Select(column => own.Average(row => (double)rows[row, column]))];
            var norm = Math.Sqrt(mean.Sum(value => value * value));
            return mean.Select(value => value / norm).ToArray();
        }).ToArray();

        // The second output is the model's pooler: the hyperbolic tangent of a layer on the first token's row.
        using var session = new NetworkSession(file, [.. file.Graph.Outputs], 2);
        using var outputs = session.Run(new TokenBatch(
            [.. sentences.Select(text => (IReadOnlyList<int>)[.. tokenizer.Before, .. tokenizer.Encode(text), .. tokenizer.After])]));
        var (weight, bias) = (Weight(file, "pooler.dense.weight"), Weight(file, "pooler.dense.bias"));
        var length = (int)outputs.Shape(0)[1];
        for (var sentence = 0; sentence < 3; sentence++)
        {
            int[] own = [.. Enumerable.Range(0, rows.Rows).Where(row => tokens[row].Context == sentence)];
            for (var column = 0; column < 384; column++)
            {
                for (var position = 0; position < own.Length; position++)
                {
                    Assert.Equal(outputs.Values(0)[(sentence * length + position) * 384 + column], rows[own[position], column], 1e-5);
                }

                var sum = bias[column] + Enumerable.Range(0, 384).Sum(index => (double)rows[own[0], index] * weight[column * 384 + index]);
                Assert.Equal(outputs.Values(1)[sentence * 384 + column], Math.Tanh(sum), 1e-5);
            }
        }

        double Cosine(int a, int b) => pooled[a].Zip(pooled[b], (x, y) => x * y).Sum();
        Assert.True(Cosine(0, 1) > Math.Max(Cosine(0, 2), Cosine(1, 2)));
    }

    private static float[] Weight(OnnxFile file, string name)
    {
        var model = new ProtobufReader(file.Bytes);
        while (model.Next())
        {
            var graph = new ProtobufReader(model.Field == 7 ? model.Bytes : default);
            while (graph.Next())
            {
                var tensor = new ProtobufReader(graph.Field == 5 ? graph.Bytes : default);
                var (found, values) = ("", Array.Empty<float>());
                while (tensor.Next())
                {
                    found = tensor.Field == 8 ? tensor.Text : found;
                    values = tensor.Field == 9 ? MemoryMarshal.Cast<byte, float>(tensor.Bytes).ToArray() : values;
                }

                if (found == name)
                {
                    return values;
                }
            }
        }

        throw new InvalidOperationException($"no weight {name}");
    }

    private static int PlaceOf(TokenContext context, StoredToken token, int row, ActivationStore store)
    {
        if (token is { Position: -1, Id: -1 })
        {
            return 0;
        }

        if (token.Document >= 0)
        {
            return Enumerable.Range(0, context.Tokens.Count).Single(place =>
                (context.Tokens[place].Document, context.Tokens[place].Position) == (token.Document, token.Position)
                    && context.Tokens[place].Id == token.Id);
        }

        // Special tokens stand at both ends.
        var before = row == 0 ? -1 : store.ReadTokens((row - 1) / 50)[(row - 1) % 50].Context;
        return before == token.Context ? context.Tokens.Count - 1 : 0;
    }

    private Corpus Corpus() => Networks.Text.Corpus.Open(_folder["corpus.txt"], _tokenizer);

    private void Extract(string folder, ExtractionOptions options, string site, out long rows)
    {
        var chosen = NetworkSites.Require(_file, _sites, site);
        var extraction = new ActivationExtraction(_file, [chosen], _tokenizer, Corpus(), "line", options);
        (rows, _) = extraction.Count();
        var writer = ActivationStoreWriter.Open(_folder[folder], extraction.Description(chosen), _tokenizer.Vocabulary);
        extraction.Run([writer], 1);
        Assert.Equal(rows, writer.Rows);
        writer.Finish();
    }
}
