using Husai.Networks.Onnx;
using Husai.Networks.Sites;
using Husai.Networks.Splicing;
using Husai.Networks.Text;
using Husai.Numerics.Matrices;

namespace Husai.Networks.Tests.Splicing;

public sealed class NetworkSpliceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OnnxFile _file;
    private readonly TextTokenizer _tokenizer;
    private readonly TokenContext[] _contexts;

    public NetworkSpliceTests()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"]);
        _file = OnnxFile.Read(_folder["tiny.onnx"]);
        var words = Enumerable.Range(0, 26).Select(letter => $"{(char)('a' + letter)}");
        _tokenizer = TextTokenizer.Read(
            _folder.Write("vocab.txt", string.Join('\n', (string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words])));
        _folder.Write("text.txt", string.Join('\n', Enumerable.Range(1, 21).Select(line =>
            string.Join(' ', Enumerable.Range(0, 1 + line * 7 % 11).Select(place => (char)('a' + (line * 3 + place * 5) % 26))))));
        _contexts = [.. Reader().Read(new CorpusCounts())];
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("embed", "10", false)]
    [InlineData("resid_mid.0", "13", true)]
    [InlineData("resid_post.0", "19", false)]
    public void Divergence_and_cross_entropy_are_those_of_a_plain_computation(string alias, string tensor, bool hasSpecialRows)
    {
        using var splice = Splice(alias, hasSpecialRows);
        static double Shrunk(double value) => value * 0.7 + 0.05;

        var metrics = splice.Measure(rows => Mapped(rows, value => (float)Shrunk(value)));

        var expected = Reference(tensor, hasSpecialRows, Shrunk);
        Assert.Equal((_contexts.Length, expected.Rows), (metrics.Contexts, metrics.Rows));
        Assert.Null(metrics.Cosine);
        Close(expected.Kl, metrics.Kl!);
        Close(expected.Entropy, metrics.CrossEntropy!);
        Assert.Equal(expected.Own, metrics.CrossEntropyOfNetwork!.Value, 1e-4);
        Assert.Equal(
            (expected.Entropy[1] - expected.Entropy[0]) / (expected.Entropy[1] - expected.Own), metrics.CrossEntropyRecovered!.Value, 1e-3);
    }

    [Fact]
    public void Exact_reconstructions_change_nothing()
    {
        using var splice = Splice("resid_mid.0", hasSpecialRows: true);
        var metrics = splice.Measure(rows => Mapped(rows, value => value));
        Assert.InRange(metrics.Kl!.Spliced, -1e-6, 1e-6);
        Assert.Equal(1, metrics.CrossEntropyRecovered!.Value, 1e-6);
        Assert.True(metrics.Kl.Zero > 1e-3);
    }

    [Fact]
    public void Several_at_once_are_what_each_is_alone()
    {
        using var splice = Splice("resid_mid.0", hasSpecialRows: false);
        Func<Matrix, Matrix>[] maps =
        [
            rows => Mapped(rows, value => value * 0.2f), rows => Mapped(rows, value => value * 0.9f),
            rows => Mapped(rows, value => value * 1.3f),
        ];
        Assert.Equal(maps.Select(map => splice.Measure(map)), splice.Measure(maps));
    }

    [Fact]
    public void Contexts_at_the_beginning_can_be_left_out()
    {
        var site = NetworkSites.Require(_file, NetworkSites.Find(_file, 1), "resid_mid.0");
        using var all = new NetworkSplice(_file, site, Reader(), 0, 1000, true, 1);
        using var rest = new NetworkSplice(_file, site, Reader(), 0, 1000, true, 1, skippedContexts: 5);
        using var none = new NetworkSplice(_file, site, Reader(), 0, 1000, true, 1, skippedContexts: 1000);
        Assert.Equal((all.Contexts - 5, 0), (rest.Contexts, none.Contexts));
    }

    [Fact]
    public void The_embedding_of_a_real_network_is_compared_by_its_cosine()
    {
        var file = OnnxFile.Read(MiniLm.Model);
        var tokenizer = TextTokenizer.Read(MiniLm.Vocabulary);
        var corpus = Corpus.Open(_folder.Write("real.txt", "A man is playing a guitar\nThe stock market fell sharply"), tokenizer);
        var site = NetworkSites.Require(file, NetworkSites.Find(file, 2), "resid_post.2");
        using var splice = new NetworkSplice(file, site, new ContextReader(corpus, tokenizer, 64, false), 0, 1000, true, 2);
        var metrics = splice.Measure(rows => Mapped(rows, value => value));
        Assert.Null(metrics.Kl);
        Assert.InRange(1 - metrics.Cosine!.Spliced, -1e-5, 1e-5);
        Assert.True(metrics.Cosine.Zero < 0.9 && metrics.Cosine.Mean < 0.9);
    }

    private static Matrix Mapped(Matrix rows, Func<float, float> map)
    {
        var mapped = new Matrix(rows.Rows, rows.Columns);
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var column = 0; column < rows.Columns; column++)
            {
                mapped[row, column] = map(rows[row, column]);
            }
        }

        return mapped;
    }

    private static void Close(double[] expected, SplicedValues found)
    {
        Assert.Equal(expected[0], found.Spliced, 1e-4);
        Assert.Equal(expected[1], found.Zero, 1e-4);
        Assert.Equal(expected[2], found.Mean, 1e-4);
    }

    // The same in doubles, position by position.
    private (double[] Kl, double[] Entropy, double Own, long Rows) Reference(string tensor, bool hasSpecialRows, Func<double, double> map)
    {
        var plain = new TinyNetwork();
        var all = _contexts.Select(context => plain.Compute([.. context.Tokens.Select(token => token.Id)])).ToArray();
        bool IsReplaced(int context, int position) => hasSpecialRows || !_contexts[context].Tokens[position].IsSpecial;
        double[][] replaced =
        [
            .. all.SelectMany((values, context) => values[tensor].Where((_, position) => IsReplaced(context, position))),
        ];
        double[] mean = [.. Enumerable.Range(0, TinyNetwork.Width).Select(column => replaced.Average(row => row[column]))];
        Func<double[], double[]>[] kinds = [row => [.. row.Select(map)], row => new double[row.Length], _ => mean];
        var (kl, entropy, own, positions, predictions) = (new double[3], new double[3], 0.0, 0, 0);
        for (var context = 0; context < all.Length; context++)
        {
            var tokens = _contexts[context].Tokens;
            positions += tokens.Count;
            predictions += tokens.Count - 1;
            for (var kind = 0; kind < 3; kind++)
            {
                var rows = all[context][tensor].Select((row, position) => IsReplaced(context, position) ? kinds[kind](row) : row).ToArray();
                var logits = plain.ComputeFrom(tensor, rows)["logits"];
                for (var position = 0; position < tokens.Count; position++)
                {
                    var (p, q) = (Probabilities(all[context]["logits"][position]), Probabilities(logits[position]));
                    kl[kind] += p.Zip(q, (x, y) => x * Math.Log(x / y)).Sum();
                    if (position + 1 < tokens.Count)
                    {
                        entropy[kind] -= Math.Log(q[tokens[position + 1].Id]);
                        own -= kind == 0 ? Math.Log(p[tokens[position + 1].Id]) : 0;
                    }
                }
            }
        }

        return ([.. kl.Select(sum => sum / positions)], [.. entropy.Select(sum => sum / predictions)], own / predictions, replaced.Length);
    }

    private static double[] Probabilities(double[] logits)
    {
        var sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }

    private ContextReader Reader() => new(Corpus.Open(_folder["text.txt"], _tokenizer), _tokenizer, 9, isPacked: false);

    private NetworkSplice Splice(string alias, bool hasSpecialRows) => new(
        _file, NetworkSites.Require(_file, NetworkSites.Find(_file, 1), alias), Reader(), 0, 1000, hasSpecialRows, 1);
}
