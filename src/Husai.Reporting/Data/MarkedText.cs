using Husai.Analysis.Latents;
using Husai.Experiments.Latents;
using Husai.Formats.Text;

namespace Husai.Reporting.Data;

/// <summary>A text with one token marked. Characters that cannot be printed are written out.</summary>
/// <param name="Before">What stands before the token.</param>
/// <param name="Token">The token; empty where the text has none.</param>
/// <param name="After">What stands behind it.</param>
public sealed record MarkedText(string Before, string Token, string After)
{
    /// <summary>An excerpt with the token that it is about; without tokens, its place.</summary>
    /// <param name="excerpt">The excerpt.</param>
    /// <param name="tokenizer">How its text was split into tokens.</param>
    internal static MarkedText Of(Excerpt excerpt, string? tokenizer)
    {
        var tokens = ExcerptText.Words(excerpt, tokenizer);
        if (tokens.Count == 0)
        {
            return new MarkedText(PrintableText.Escape(ExcerptText.Of(excerpt, tokenizer)), "", "");
        }

        var token = tokens[excerpt.Peak];
        var word = token.TrimStart(' ');
        return new MarkedText(
            Text(tokens.Take(excerpt.Peak)) + token[..^word.Length], PrintableText.Escape(word), Text(tokens.Skip(excerpt.Peak + 1)));

        static string Text(IEnumerable<string> parts) => PrintableText.Escape(string.Concat(parts));
    }
}
