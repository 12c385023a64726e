using Husai.Formats.Files;
using Husai.Networks.Onnx;
using Husai.Networks.Sites;
using Husai.Networks.Text;

namespace Husai.Networks.Extraction;

/// <summary>What is to be extracted, by the names that a user gives: a network, the text it reads, and sites.</summary>
public sealed record ExtractionRequest
{
    /// <summary>The network's file.</summary>
    public required string Model { get; init; }

    /// <summary>The tokenizer's file; null for the one beside the model, or for none where the text is token ids.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Field of a .jsonl file that holds the text; null for its usual name.</summary>
    public string? Field { get; init; }

    /// <summary>What is a document of a .txt file.</summary>
    public DocumentUnit Document { get; init; }

    /// <summary>Short names of sites, or names of tensors.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>How to extract.</summary>
    public ExtractionOptions Options { get; init; } = new();

    /// <summary>Opens the files, and checks that they fit each other.</summary>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="InvalidFileException">A file is missing, damaged or of another kind, a site is not there, or the tokenizer is
    /// not the network's.</exception>
    /// <exception cref="ArgumentException">The contexts are too short or too long.</exception>
    internal ActivationExtraction Open(int threads)
    {
        var file = OnnxFile.Read(Model);
        var tokenizer = Tokenizer is null && Corpus.HoldsIds(Text) ? null
            : TextTokenizer.Read(Tokenizer ?? TextTokenizer.FindFor(file.Path));
        var corpus = Corpus.Open(Text, tokenizer, Field, Document == DocumentUnit.File);
        var all = NetworkSites.Find(file, threads);
        NetworkSite[] sites = [.. Sites.Select(name => NetworkSites.Require(file, all, name)).Distinct()];
        return new ActivationExtraction(file, sites, tokenizer, corpus, Document.ToString().ToLowerInvariant(), Options);
    }
}
