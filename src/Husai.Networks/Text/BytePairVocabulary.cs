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

    private BytePairVocabulary(
        string path, string hash, Dictionary<string, int> ids, IReadOnlyList<int> before, IReadOnlyList<int> after, BpeTokenizer tokenizer)
        : base(path, hash, "byte-level BPE", TextsOf(ids))
    {
        (_tokenizer, Before, After, Padding) = (tokenizer, before, after, ids.GetValueOrDefault("<pad>"));
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

        return ids.TryGetValue("<s>", out var start) && ids.TryGetValue("</s>", out var end)
            ? Create(path, HashOf(path, merges), ids, pairs, [start], [end])
            : Create(path, HashOf(path, merges), ids, pairs, [], []);
    }

    /// <summary>The tokenizer of a vocabulary and its merges.</summary>
    /// <param name="path">The file that they come from.</param>
    /// <param name="hash">Hash of the files.</param>
    /// <param name="ids">The id of each token, in the 256 printable characters that stand for bytes.</param>
    /// <param name="merges">Pairs with a space between them, those that come first in front.</param>
    /// <param name="before">Special tokens before the text of a context.</param>
    /// <param name="after">Special tokens after it.</param>
    /// <exception cref="InvalidFileException">They do not fit each other.</exception>
    public static BytePairVocabulary Create(
        string path, string hash, Dictionary<string, int> ids, IEnumerable<string> merges, IReadOnlyList<int> before,
        IReadOnlyList<int> after)
    {
        try
        {
            return new BytePairVocabulary(path, hash, ids, before, after, BpeTokenizer.Create(new BpeOptions(ids)
            {
                Merges = merges,
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
