using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Networks.Text;

/// <summary>Turns text into the token ids that a network reads.</summary>
internal abstract class TextTokenizer
{
    /// <summary>Names by which a tokenizer beside a model is found, in the order in which they are looked for.</summary>
    private static readonly string[] UsualNames =
    [
        WordPieceVocabulary.FileName, BytePairVocabulary.FileName, TokenizerDescription.FileName, SentencePieceModel.FileName,
    ];

    private protected TextTokenizer(string path, string hash, string method, IReadOnlyList<string> vocabulary) =>
        (Path, Hash, Method, Vocabulary) = (path, hash, method, vocabulary);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the file, or of the hashes of the files.</summary>
    public string Hash { get; }

    /// <summary>How text is split, such as <c>WordPiece</c>.</summary>
    public string Method { get; }

    /// <summary>The text of each token id, from 0 on; empty where there is no such id.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>Special tokens before the text of a context.</summary>
    public IReadOnlyList<int> Before { get; private protected init; } = [];

    /// <summary>Special tokens after it.</summary>
    public IReadOnlyList<int> After { get; private protected init; } = [];

    /// <summary>The token that fills up shorter contexts of a batch.</summary>
    public int Padding { get; private protected init; }

    /// <summary>The token ids of a text, without special tokens around it.</summary>
    public abstract IReadOnlyList<int> Encode(string text);

    /// <summary>
    /// Reads a tokenizer: <c>vocab.txt</c> of WordPiece, <c>vocab.json</c> of byte-level BPE with <c>merges.txt</c> beside it,
    /// <c>tokenizer.json</c> where it describes one of the two, <c>tokenizer.model</c> of SentencePiece, or a <c>.tiktoken</c> file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It is missing or damaged, or of another kind.</exception>
    public static TextTokenizer Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return System.IO.Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".TXT" => WordPieceVocabulary.Read(path),
            ".JSON" when System.IO.Path.GetFileName(path) == TokenizerDescription.FileName => TokenizerDescription.Read(path),
            ".JSON" => BytePairVocabulary.Read(path),
            ".MODEL" => SentencePieceModel.Read(path),
            ".TIKTOKEN" => TiktokenVocabulary.Read(path),
            _ => throw new InvalidFileException(
                path,
                "is no tokenizer that can be read; those are vocab.txt (WordPiece), vocab.json with merges.txt (byte-level BPE), "
                + "tokenizer.json, tokenizer.model (SentencePiece) and .tiktoken"),
        };
    }

    /// <summary>The tokenizer beside a model, or in the folder above it.</summary>
    /// <param name="model">The model's file.</param>
    /// <exception cref="InvalidFileException">There is none.</exception>
    public static string FindFor(string model)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(model))!;
        string?[] folders = [folder, System.IO.Path.GetDirectoryName(folder)];
        return folders.OfType<string>().SelectMany(place => UsualNames.Select(name => System.IO.Path.Combine(place, name)))
            .FirstOrDefault(File.Exists) ?? throw new InvalidFileException(
                model, $"has no tokenizer beside it ({string.Join(" or ", UsualNames)}); name one with --tokenizer");
    }

    private protected static string HashOf(params string[] paths) => paths is [var only] ? ContentHash.OfFile(only)
        : ContentHash.OfText(string.Join('\n', paths.Select(ContentHash.OfFile)));
}
