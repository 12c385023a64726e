using System.Text;
using Husai.Analysis.Latents;

namespace Husai.Experiments.Latents;

/// <summary>An excerpt as a line of text, with the token that it is about in brackets.</summary>
internal static class ExcerptText
{
    private const string Continuation = "##";
    private const string WordPiece = "WordPiece";

    /// <summary>Writes an excerpt.</summary>
    /// <param name="excerpt">The excerpt.</param>
    /// <param name="tokenizer">How its text was split into tokens.</param>
    /// <param name="reach">Tokens on each side of the one in brackets, at most.</param>
    public static string Of(Excerpt excerpt, string? tokenizer, int reach = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(excerpt);
        if (excerpt.Inputs is [var a, var b])
        {
            return FormattableString.Invariant($"a = {a}, b = {b}");
        }

        if (excerpt.TokenIds is not { } ids)
        {
            return FormattableString.Invariant($"row {excerpt.Row}");
        }

        var text = new StringBuilder();
        var last = Math.Min(ids.Count - 1, excerpt.Peak + (long)reach);
        for (var place = (int)Math.Max(0, excerpt.Peak - (long)reach); place <= last; place++)
        {
            Append(text, TokenOf(excerpt, place), tokenizer, isPeak: place == excerpt.Peak);
        }

        return text.ToString().Trim();
    }

    /// <summary>The text of each token of an excerpt, with the space before it where it begins a word; none where there are no tokens.
    /// </summary>
    /// <param name="excerpt">The excerpt.</param>
    /// <param name="tokenizer">How its text was split into tokens.</param>
    public static IReadOnlyList<string> Words(Excerpt excerpt, string? tokenizer)
    {
        ArgumentNullException.ThrowIfNull(excerpt);
        return [.. Enumerable.Range(0, excerpt.TokenIds?.Count ?? 0).Select(place => WordOf(TokenOf(excerpt, place), tokenizer))];
    }

    // Without texts the ids are words of their own.
    private static string TokenOf(Excerpt excerpt, int place) =>
        excerpt.Tokens?[place] ?? FormattableString.Invariant($" {excerpt.TokenIds![place]}");

    // WordPiece marks what continues a word; the texts of the others hold their spaces.
    private static string WordOf(string token, string? tokenizer)
    {
        var isContinued = token.StartsWith(Continuation, StringComparison.Ordinal) && token.Length > Continuation.Length;
        return tokenizer != WordPiece ? token : isContinued ? token[Continuation.Length..] : $" {token}";
    }

    private static void Append(StringBuilder text, string token, string? tokenizer, bool isPeak)
    {
        var word = WordOf(token, tokenizer);
        if (!isPeak)
        {
            text.Append(word);
            return;
        }

        var trimmed = word.TrimStart(' ');
        text.Append(' ', word.Length - trimmed.Length).Append('[').Append(trimmed).Append(']');
    }
}
