using System.Text;
using System.Text.Json;
using Husai.Formats.Files;
using Microsoft.ML.Tokenizers;

namespace Husai.Networks.Text;

/// <summary>Byte-level byte pair encoding as GPT-2 and RoBERTa use it: <c>vocab.json</c> with <c>merges.txt</c> beside it.</summary>
/// <remarks>A vocabulary with <c>&lt;s&gt;</c> and <c>&lt;/s&gt;</c> is RoBERTa's: contexts stand between the two.</remarks>
internal sealed class BytePairVocabulary : TextTokenizer
{
    public const string FileName = "vocab.json";
    private const string MergesName = "merges.txt";
    private const int LongestFile = 64 << 20;
    private readonly BpeTokenizer _tokenizer;

    private BytePairVocabulary(string path, string merges, Dictionary<string, int> ids, BpeTokenizer tokenizer)
        : base(path, HashOf(path, merges), "byte-level BPE", TextsOf(ids))
    {
        _tokenizer = tokenizer;
        if (ids.TryGetValue("<s>", out var start) && ids.TryGetValue("</s>", out var end))
        {
            (Before, After) = ([start], [end]);
        }

        Padding = ids.GetValueOrDefault("<pad>");
    }

    public override IReadOnlyList<int> Encode(string text) => _tokenizer.EncodeToIds(text);

    public static new BytePairVocabulary Read(string path)
    {
        var merges = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, MergesName);
        var ids = ReadIds(path);
        var pairs = TextFile.Read(merges, LongestFile, "merges").Split('\n').Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)).ToArray();
        if (Array.FindIndex(pairs, pair => pair.Split(' ') is not [{ Length: > 0 }, { Length: > 0 }]) is >= 0 and var wrong)
        {
            throw new InvalidFileException(merges, $"merge {wrong + 1} is no pair: '{pairs[wrong]}'");
        }

        try
        {
            return new BytePairVocabulary(path, merges, ids, BpeTokenizer.Create(new BpeOptions(ids)
            {
                Merges = pairs,
                ByteLevel = true,
                PreTokenizer = RobertaPreTokenizer.Instance,
            }));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InvalidFileException(path, $"is no byte-level BPE vocabulary: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static Dictionary<string, int> ReadIds(string path)
    {
        try
        {
            var ids = JsonSerializer.Deserialize<Dictionary<string, int>>(TextFile.Read(path, LongestFile, "a vocabulary"));
            return ids is { Count: > 0 } && ids.Values.Min() >= 0 && ids.Values.Max() < LongestFile
                ? ids : throw new InvalidFileException(path, "is no vocabulary: it maps no tokens to ids");
        }
        catch (JsonException error)
        {
            throw new InvalidFileException(path, "is no vocabulary: it is no JSON object of token ids", error);
        }
    }

    // Tokens are written in 256 printable characters, one for each byte.
    private static string[] TextsOf(Dictionary<string, int> ids)
    {
        var bytes = new Dictionary<char, byte>();
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var isPrintable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            bytes[isPrintable ? (char)value : (char)next++] = (byte)value;
        }

        var texts = new string[ids.Values.Max() + 1];
        Array.Fill(texts, "");
        foreach (var (token, id) in ids)
        {
            texts[id] = token.All(bytes.ContainsKey) ? Encoding.UTF8.GetString([.. token.Select(letter => bytes[letter])]) : token;
        }

        return texts;
    }
}
