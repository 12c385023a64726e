using System.IO.Compression;
using System.Text;
using Husai.Formats.Files;
using Husai.Networks.Text;

namespace Husai.Networks.Tests.Text;

public sealed class CompressedTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;
    private readonly string _text = string.Join('\n', Enumerable.Range(0, 300).Select(line =>
        string.Join(' ', Enumerable.Range(0, line * 37 % 211).Select(place => (char)('a' + (line * place) % 26)))));

    public CompressedTextTests() => _tokenizer = TextTokenizer.Read(_folder.Write(
        "vocab.txt",
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n" + string.Join('\n', Enumerable.Range(0, 26).Select(letter => (char)('a' + letter)))));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compressed_text_is_read_as_the_text_itself(bool isWhole)
    {
        Compress("x.txt.gz", _text);
        Assert.Equal(Documents(_folder.Write("x.txt", _text), isWhole), Documents(_folder["x.txt.gz"], isWhole));
        Compress("y.jsonl.gz", "{\"text\": \"a b\"}\n{\"text\": \"c\"}\n");
        Assert.Equal(2, Documents(_folder["y.jsonl.gz"], isWhole: false).Length);
    }

    [Fact]
    public void Parts_that_were_put_together_are_one_text()
    {
        Compress("x.txt.gz", "a b\nc");
        Compress("y.txt.gz", " d\n");
        File.WriteAllBytes(_folder["both.txt.gz"], [.. File.ReadAllBytes(_folder["x.txt.gz"]), .. File.ReadAllBytes(_folder["y.txt.gz"])]);
        Assert.Equal(Documents(_folder.Write("both.txt", "a b\nc d\n"), false), Documents(_folder["both.txt.gz"], false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_damaged_or_cut_is_refused_by_its_name(bool isWhole)
    {
        Compress("x.txt.gz", _text);
        var bytes = File.ReadAllBytes(_folder["x.txt.gz"]);
        int[] places =
        [
            .. Enumerable.Range(1, 40), .. Enumerable.Range(1, 97).Select(part => part * bytes.Length / 98),
            .. Enumerable.Range(1, 20).Select(end => bytes.Length - end),
        ];
        foreach (var length in places)
        {
            RequireRefused(bytes[..length], isWhole);
        }

        // Behind the header, whose time and name decide nothing.
        foreach (var place in places.Where(place => place >= 10))
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 0x10;
            RequireRefused(damaged, isWhole);
        }

        RequireRefused(Encoding.UTF8.GetBytes(_text), isWhole);
    }

    [Fact]
    public void Token_ids_are_not_read_compressed()
    {
        Compress("ids.npy.gz", "x");
        var error = Assert.Throws<InvalidFileException>(() => Corpus.Open(_folder["ids.npy.gz"], _tokenizer));
        Assert.Contains("a corpus is .txt or .jsonl", error.Message, StringComparison.Ordinal);
    }

    private void RequireRefused(byte[] bytes, bool isWhole)
    {
        File.WriteAllBytes(_folder["damaged.txt.gz"], bytes);
        var error = Assert.Throws<InvalidFileException>(() => Documents(_folder["damaged.txt.gz"], isWhole));
        Assert.Contains("damaged.txt.gz: is not", error.Message, StringComparison.Ordinal);
    }

    private void Compress(string name, string text)
    {
        using var stream = new GZipStream(File.Create(_folder[name]), CompressionLevel.SmallestSize);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private string[] Documents(string path, bool isWhole) =>
    [
        .. Corpus.Open(path, _tokenizer, isWhole: isWhole).ReadDocuments()
            .Select(document => $"{document.Number} {document.Offset} {string.Join(' ', document.Ids)}"),
    ];
}
