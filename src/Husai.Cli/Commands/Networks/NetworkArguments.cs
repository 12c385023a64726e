using System.CommandLine;
using Husai.Networks.Text;

namespace Husai.Cli.Commands.Networks;

/// <summary>The options that name a network and what it reads.</summary>
internal static class NetworkArguments
{
    /// <summary>The option that names the model.</summary>
    public static Option<string?> Model(string description, bool required) => new("--model")
    {
        Description = description,
        HelpName = "FILE",
        Required = required,
    };

    /// <summary>The option that names the tokenizer.</summary>
    public static Option<string?> Tokenizer() => new("--tokenizer")
    {
        Description = "Tokenizer: vocab.txt (WordPiece), vocab.json with merges.txt beside it (byte-level BPE), tokenizer.json, "
            + "tokenizer.model (SentencePiece) or .tiktoken [default: the one beside the model]",
        HelpName = "FILE",
    };

    /// <summary>Reads the tokenizer that was named, or the one beside the model.</summary>
    public static TextTokenizer ReadTokenizer(string? given, string? model) =>
        TextTokenizer.Read(given ?? TextTokenizer.FindFor(model!));
}
