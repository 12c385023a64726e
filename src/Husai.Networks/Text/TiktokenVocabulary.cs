using System.Globalization;
using System.Text;
using Husai.Formats.Files;
using Microsoft.ML.Tokenizers;

namespace Husai.Networks.Text;

/// <summary>A <c>.tiktoken</c> file: byte-level BPE, a token and its rank a line.</summary>
/// <remarks>The file does not say how text is split into words: its name must be that of the encoding.</remarks>
internal sealed class TiktokenVocabulary : TextTokenizer
{
    private const int LongestFile = 64 << 20;

    // A model of each encoding, by which the library knows it.
    private static readonly (string Encoding, string Model)[] Encodings =
    [
        ("o200k_base", "gpt-4o"), ("cl100k_base", "gpt-4"), ("p50k_base", "text-davinci-003"), ("r50k_base", "text-davinci-001"),
        ("gpt2", "gpt2"),
    ];

    private readonly TiktokenTokenizer _tokenizer;

    private TiktokenVocabulary(string path, string encoding, TiktokenTokenizer tokenizer)
        : base(path, HashOf(path), encoding, TextsOf(path, tokenizer)) => _tokenizer = tokenizer;

    // What looks like a special token in a text is text.
    public override IReadOnlyList<int> Encode(string text) => _tokenizer.EncodeToIds(text);

    public static new TiktokenVocabulary Read(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var (encoding, model) = Encodings.FirstOrDefault(known => name.Contains(known.Encoding, StringComparison.OrdinalIgnoreCase));
        if (encoding is null)
        {
            var names = string.Join(", ", Encodings.Select(one => one.Encoding));
            throw new InvalidFileException(path, $"does not say how text is split: name it after its encoding, {names}");
        }

        using var stream = InputFile.Open(path);
        if (stream.Length > LongestFile)
        {
            throw new InvalidFileException(path, $"is longer than the {LongestFile} bytes that are read of a tokenizer");
        }

        try
        {
            return new TiktokenVocabulary(path, encoding, TiktokenTokenizer.CreateForModel(model, stream));
        }
        catch (Exception error) when (error is not (InvalidFileException or OutOfMemoryException))
        {
            // The library does not check what it reads.
            throw new InvalidFileException(path, $"is no tokenizer that can be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    // The library tells the texts of special tokens only.
    private static string[] TextsOf(string path, TiktokenTokenizer tokenizer)
    {
        var texts = new Dictionary<int, string>();
        foreach (var line in TextFile.Read(path, LongestFile, "a tokenizer").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ');
            texts[int.Parse(line.AsSpan(space + 1), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)] =
                Encoding.UTF8.GetString(Convert.FromBase64String(line[..space]));
        }

        foreach (var (token, id) in tokenizer.SpecialTokens ?? new Dictionary<string, int>())
        {
            texts[id] = token;
        }

        return [.. Enumerable.Range(0, texts.Keys.Max() + 1).Select(id => texts.GetValueOrDefault(id, ""))];
    }
}
