using System.Text;
using Husai.Formats.Files;
using Microsoft.ML.Tokenizers;

namespace Husai.Networks.Text;

/// <summary>WordPiece as BERT uses it: <c>vocab.txt</c>, a token a line.</summary>
/// <remarks>A vocabulary without an upper-case letter is one of lower-cased text without accents.</remarks>
internal sealed class WordPieceVocabulary : TextTokenizer
{
    public const string FileName = "vocab.txt";
    private const int LongestFile = 64 << 20;
    private readonly BertTokenizer _tokenizer;
    private readonly bool _isLower;

    private WordPieceVocabulary(string path, IReadOnlyList<string> vocabulary, BertTokenizer tokenizer, bool isLower)
        : base(path, HashOf(path), "WordPiece", vocabulary)
    {
        (_tokenizer, _isLower) = (tokenizer, isLower);
        (Before, After, Padding) = ([tokenizer.ClassificationTokenId], [tokenizer.SeparatorTokenId], tokenizer.PaddingTokenId);
    }

    // The library would join the words around a tab or the end of a line.
    public override IReadOnlyList<int> Encode(string text)
    {
        var spaced = string.Create(text.Length, text, (letters, from) =>
        {
            for (var index = 0; index < letters.Length; index++)
            {
                letters[index] = from[index] is '\t' or '\n' or '\r' ? ' ' : from[index];
            }
        });
        return _tokenizer.EncodeToIds(_isLower ? UnaccentedText.Of(spaced) : spaced, addSpecialTokens: false);
    }

    public static new WordPieceVocabulary Read(string path)
    {
        var text = TextFile.Read(path, LongestFile, "a vocabulary");
        var tokens = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        tokens = tokens[^1].Length == 0 ? tokens[..^1] : tokens;
        // Special tokens and unused ones stand in brackets.
        return Create(path, tokens, isLower: !tokens.Any(token => !token.StartsWith('[') && token.Any(char.IsAsciiLetterUpper)));
    }

    /// <summary>The tokenizer of a list of tokens.</summary>
    /// <param name="path">The file that they come from.</param>
    /// <param name="tokens">The tokens, in the order of their ids.</param>
    /// <param name="isLower">Whether they are of lower-cased text without accents.</param>
    /// <exception cref="InvalidFileException">They are no WordPiece vocabulary.</exception>
    public static WordPieceVocabulary Create(string path, IReadOnlyList<string> tokens, bool isLower)
    {
        foreach (var special in (string[])["[UNK]", "[CLS]", "[SEP]", "[PAD]"])
        {
            if (!tokens.Contains(special))
            {
                throw new InvalidFileException(path, $"has no token {special}: not a WordPiece vocabulary?");
            }
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', tokens)));
        try
        {
            return new WordPieceVocabulary(path, tokens, BertTokenizer.Create(stream, new BertOptions
            {
                LowerCaseBeforeTokenization = isLower,
                RemoveNonSpacingMarks = isLower,
            }), isLower);
        }
        catch (ArgumentException error)
        {
            throw new InvalidFileException(path, $"is no WordPiece vocabulary: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
