using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Networks.Text;

namespace Husai.Networks.Tests.Text;

public sealed class ContextReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public ContextReaderTests()
    {
        var words = Enumerable.Range(0, 26).Select(letter => $"{(char)('a' + letter)}");
        _tokenizer = TextTokenizer.Read(
            _folder.Write("vocab.txt", string.Join('\n', (string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words])));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_document_has_its_context_and_is_cut()
    {
        var counts = new CorpusCounts();
        var contexts = Contexts("a b c\n\n  \nd e f g\r\nh", counts, length: 5, isPacked: false);

        Assert.Equal(["[CLS] a b c [SEP]", "[CLS] d e f [SEP]", "[CLS] h [SEP]"], contexts.Select(Shown));
        Assert.Equal((3, 1, 7, 3), (counts.Documents, counts.CutDocuments, counts.Tokens, counts.Contexts));
        Assert.Equal([0L, 1, 2], contexts.Select(context => context.Number));
        Assert.Equal([new ContextToken(8, 1, 10, 0), new ContextToken(9, 1, 10, 1)], contexts[1].Tokens.Skip(1).Take(2));
    }

    [Fact]
    public void Packed_documents_fill_contexts()
    {
        var counts = new CorpusCounts();
        var contexts = Contexts("a b c\nd e f g\nh", counts, length: 5, isPacked: true);

        Assert.Equal(["[CLS] a b c [SEP]", "[CLS] d e f [SEP]", "[CLS] g h [SEP]"], contexts.Select(Shown));
        Assert.Equal((3, 0, 8, 3), (counts.Documents, counts.CutDocuments, counts.Tokens, counts.Contexts));
        Assert.Equal([(1L, 3), (2L, 0)], contexts[2].Tokens.Skip(1).Take(2).Select(token => (token.Document, token.Position)));
    }

    [Fact]
    public void A_whole_file_can_be_one_document() => Assert.Equal(
        ["[CLS] a b c d e [SEP]"],
        new ContextReader(Corpus.Open(_folder.Write("x.txt", "a b\nc\n\nd e"), _tokenizer, isWhole: true), _tokenizer, 9, false)
            .Read(new CorpusCounts()).Select(Shown));

    [Fact]
    public void The_text_of_json_lines_is_in_a_field()
    {
        var path = _folder.Write("x.jsonl", "{\"id\": 1, \"text\": \"a b\"}\n{\"text\": \"c \\u0064\", \"body\": \"z\"}\n");
        Assert.Equal(["a b", "c d"], Texts(Corpus.Open(path, _tokenizer)));
        Assert.Contains("line 1 has no text in the field 'body'", Problem(() => Texts(Corpus.Open(path, _tokenizer, "body"))));
        var broken = _folder.Write("y.jsonl", "{\"text\": \"a\"}\n{\"text\": \n");
        Assert.Contains("y.jsonl: line 2 is no JSON", Problem(() => Texts(Corpus.Open(broken, _tokenizer))));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_line()
    {
        File.WriteAllBytes(_folder["x.txt"], [.. "a b\nc "u8, 0xC3, 0x28, .. "\nd\n"u8]);
        var problem = Problem(() => Texts(Corpus.Open(_folder["x.txt"], _tokenizer)));
        Assert.Contains("x.txt: is not UTF-8 text: line 2 holds other bytes", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_of_byte_order_is_no_text()
    {
        File.WriteAllBytes(_folder["x.txt"], [0xEF, 0xBB, 0xBF, .. "a b\n"u8]);
        Assert.Equal(["a b"], Texts(Corpus.Open(_folder["x.txt"], _tokenizer)));
    }

    [Fact]
    public void Lines_are_the_same_however_the_file_is_read()
    {
        var text = string.Join('\n', Enumerable.Range(0, 3000).Select(line => string.Join(' ', Enumerable.Repeat('a', line * 37 % 211))));
        var path = _folder.Write("x.txt", text);
        using var stream = File.OpenRead(path);
        var reader = new LineReader(stream, path);
        var (offset, lines) = (0L, new List<string>());
        while (reader.Next() is (var at, { } bytes))
        {
            Assert.Equal(offset, at);
            lines.Add(Encoding.UTF8.GetString(bytes));
            offset += bytes.Length + 1;
        }

        Assert.Equal(text.Split('\n'), lines);
    }

    [Fact]
    public void Token_ids_come_from_an_array()
    {
        NumpyFile.Write(_folder["ids.npy"], new NamedTensor("ids", TensorType.Int64, [2, 3], Bytes(5, 6, 7, 8, 9, 10)));
        var corpus = Corpus.Open(_folder["ids.npy"], null);
        Assert.Equal([[5, 6, 7], [8, 9, 10]], corpus.ReadDocuments().Select(document => document.Ids));
        Assert.Equal([0L, 3], corpus.ReadDocuments().Select(document => document.Offset));
        Assert.Contains(
            "document 1 holds the token 10, but the network knows the 10 tokens from 0 on",
            Problem(() => new ContextReader(corpus, null, 3, false, vocabulary: 10).Read(new CorpusCounts()).ToArray()));
        NumpyFile.Write(_folder["wrong.npy"], new NamedTensor("ids", TensorType.Int64, [1, 2], Bytes(1, -4)));
        Assert.Contains("holds -4 in document 0", Problem(() => Corpus.Open(_folder["wrong.npy"], null).ReadDocuments().ToArray()));
        NumpyFile.Write(_folder["floats.npy"], NamedTensor.FromVector("x", [1, 2]));
        Assert.Contains("token ids are integers", Problem(() => Corpus.Open(_folder["floats.npy"], null).ReadDocuments().ToArray()));
    }

    private static byte[] Bytes(params long[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static string Problem(Func<object> act) => Assert.Throws<InvalidFileException>(act).Message;

    private string[] Texts(Corpus corpus) =>
        [.. corpus.ReadDocuments().Select(document => string.Join(' ', document.Ids.Select(id => _tokenizer.Vocabulary[id])))];

    private TokenContext[] Contexts(string text, CorpusCounts counts, int length, bool isPacked) =>
        [.. new ContextReader(Corpus.Open(_folder.Write("x.txt", text), _tokenizer), _tokenizer, length, isPacked).Read(counts)];

    private string Shown(TokenContext context) => string.Join(' ', context.Tokens.Select(token => _tokenizer.Vocabulary[token.Id]));
}
