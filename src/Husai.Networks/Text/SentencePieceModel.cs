using Husai.Formats.Files;
using Microsoft.ML.Tokenizers;

namespace Husai.Networks.Text;

/// <summary>SentencePiece: <c>tokenizer.model</c>.</summary>
/// <remarks>
/// The file does not say which special tokens a network was trained with. A vocabulary with a token for the beginning is taken as Llama's,
/// whose contexts begin with it; one with a token for the end alone as T5's, whose contexts end with it.
/// </remarks>
internal sealed class SentencePieceModel : TextTokenizer
{
    public const string FileName = "tokenizer.model";
    private const int LongestFile = 64 << 20;
    private const char Space = '\u2581';
    private readonly SentencePieceTokenizer _tokenizer;

    private SentencePieceModel(string path, SentencePieceTokenizer tokenizer)
        : base(path, HashOf(path), "SentencePiece", TextsOf(tokenizer.Vocabulary))
    {
        _tokenizer = tokenizer;
        if (IdOf(tokenizer.BeginningOfSentenceToken, tokenizer.BeginningOfSentenceId) is { } begin)
        {
            Before = [begin];
        }
        else if (IdOf(tokenizer.EndOfSentenceToken, tokenizer.EndOfSentenceId) is { } end)
        {
            After = [end];
        }

        Padding = tokenizer.Vocabulary.GetValueOrDefault("<pad>");
    }

    public override IReadOnlyList<int> Encode(string text) =>
        text.Length == 0 ? [] : _tokenizer.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false);

    public static new SentencePieceModel Read(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > LongestFile)
        {
            throw new InvalidFileException(path, $"is longer than the {LongestFile} bytes that are read of a tokenizer");
        }

        try
        {
            return new SentencePieceModel(
                path, SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false));
        }
        catch (Exception error) when (error is not (InvalidFileException or OutOfMemoryException))
        {
            // The library does not check what it reads.
            throw new InvalidFileException(path, $"is no tokenizer that can be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    // The library has ids of its own for tokens that the file does not have.
    private int? IdOf(string token, int id) => id >= 0 && id < Vocabulary.Count && Vocabulary[id] == token ? id : null;

    private static string[] TextsOf(IReadOnlyDictionary<string, int> ids)
    {
        var texts = new string[ids.Count == 0 ? 0 : ids.Values.Max() + 1];
        Array.Fill(texts, "");
        foreach (var (token, id) in ids)
        {
            texts[id] = token.Replace(Space, ' ');
        }

        return texts;
    }
}
