using Husai.Analysis.Latents;
using Husai.Experiments.Latents;
using Husai.Formats.Text;

namespace Husai.Reporting.Pages;

/// <summary>Part of a text.</summary>
/// <param name="Text">The part; characters that cannot be printed are written out.</param>
/// <param name="IsMarked">Whether it is the token that an excerpt is about.</param>
internal sealed record MarkedText(string Text, bool IsMarked)
{
    /// <summary>An excerpt as the text before its token, the token, and the text behind it.</summary>
    /// <param name="excerpt">The excerpt.</param>
    /// <param name="tokenizer">How its text was split into tokens.</param>
    public static IReadOnlyList<MarkedText> Of(Excerpt excerpt, string? tokenizer)
    {
        var tokens = ExcerptText.Words(excerpt, tokenizer);
        if (tokens.Count == 0)
        {
            return [new MarkedText(PrintableText.Escape(ExcerptText.Of(excerpt, tokenizer)), IsMarked: false)];
        }

        var token = tokens[excerpt.Peak];
        var word = token.TrimStart(' ');
        return
        [
            new MarkedText(Text(tokens.Take(excerpt.Peak)) + token[..^word.Length], IsMarked: false),
            new MarkedText(PrintableText.Escape(word), IsMarked: true),
            new MarkedText(Text(tokens.Skip(excerpt.Peak + 1)), IsMarked: false),
        ];

        static string Text(IEnumerable<string> parts) => PrintableText.Escape(string.Concat(parts));
    }
}
