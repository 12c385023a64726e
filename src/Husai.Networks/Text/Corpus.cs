using System.Diagnostics.CodeAnalysis;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Networks.Text;

/// <summary>Text, or token ids, that a network reads: read from the start as often as it is needed, never in memory as a whole.</summary>
internal abstract class Corpus
{
    private const string UsualField = "text";
    private readonly Lazy<string> _hash;

    private protected Corpus(string path)
    {
        Path = path;
        _hash = new Lazy<string>(() => ContentHash.OfFile(path));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the file.</summary>
    public string Hash => _hash.Value;

    /// <summary>The documents, in order.</summary>
    /// <exception cref="InvalidFileException">The file is damaged, or holds text that is no UTF-8.</exception>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "Reads the file.")]
    public abstract IEnumerable<TokenDocument> ReadDocuments();

    /// <summary>Opens a corpus.</summary>
    /// <param name="path">A .txt or .jsonl file, either also compressed as .gz, a .parquet file, or token ids as .npy.</param>
    /// <param name="tokenizer">The tokenizer; not needed for token ids.</param>
    /// <param name="field">The field of a .jsonl file, or the column of a .parquet file, that holds the text.</param>
    /// <param name="isWhole">Whether a .txt file is one document; else each line is one.</param>
    /// <exception cref="InvalidFileException">It is missing, or of another kind.</exception>
    public static Corpus Open(string path, TextTokenizer? tokenizer, string? field = null, bool isWhole = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = CompressedText.NameWithin(path);
        var extension = System.IO.Path.GetExtension(name).ToUpperInvariant();
        using (InputFile.Open(path))
        {
        }

        return extension switch
        {
            ".NPY" when name == path => new TokenIdCorpus(path),
            ".TXT" or ".JSONL" or ".PARQUET" when tokenizer is null => throw new ArgumentNullException(nameof(tokenizer)),
            ".TXT" => new TextCorpus(path, tokenizer, null, isWhole),
            ".JSONL" => new TextCorpus(path, tokenizer, field ?? UsualField, isWhole: false),
            ".PARQUET" when name == path => new TableCorpus(path, tokenizer, field ?? UsualField),
            _ => throw new InvalidFileException(
                path, $"has the extension '{System.IO.Path.GetExtension(path)}'; a corpus is .txt or .jsonl, each also as .gz, .parquet, "
                    + "or token ids as .npy"),
        };
    }

    /// <summary>Whether a corpus of this name holds token ids already.</summary>
    public static bool HoldsIds(string path) => System.IO.Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);
}
