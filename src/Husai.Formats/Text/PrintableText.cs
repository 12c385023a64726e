using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Husai.Formats.Text;

/// <summary>
/// Text of others (names in files, arguments, folders) made fit to be shown: it steers no terminal, and no name in it fills the screen.
/// </summary>
internal static partial class PrintableText
{
    /// <summary>Most characters of one name in a message.</summary>
    public const int LongestName = 200;

    /// <summary>Writes every character that could steer a terminal as <c>\uXXXX</c>, also within JSON the same character.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="keepLines">Whether line ends stay as they are.</param>
    /// <returns>The text itself where nothing had to be changed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <remarks>
    /// Control characters (C0, DEL, C1) begin the sequences of ECMA-48; line and paragraph separators and the directional marks of the
    /// Unicode bidirectional algorithm (UAX 9) make a line read as another one.
    /// </remarks>
    public static string Escape(string text, bool keepLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = 0;
        while (first < text.Length && !IsEscaped(text, first, keepLines))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var index = first; index < text.Length; index++)
        {
            _ = IsEscaped(text, index, keepLines)
                ? escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[index]:x4}")
                : escaped.Append(text[index]);
        }

        return escaped.ToString();
    }

    /// <summary>A name, such as a path: escaped and cut at <see cref="LongestName"/> characters.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static string Name(string name)
    {
        var escaped = Escape(name);
        return escaped.Length <= LongestName ? escaped : Cut(escaped);
    }

    /// <summary>
    /// One line of a message: escaped, and each name in it (a word, or what stands in quotes) cut at <see cref="LongestName"/> characters.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestName ? Escape(text) : LongName.Replace(Escape(text), name => Cut(name.Value));
    }

    // Start and end tell more than the start alone: paths differ at their end.
    private static string Cut(string name)
    {
        const string left = "...";
        const int end = 60;
        return string.Concat(name.AsSpan(0, LongestName - left.Length - end), left, name.AsSpan(name.Length - end));
    }

    private static bool IsEscaped(string text, int index, bool keepLines)
    {
        var c = text[index];
        return c switch
        {
            '\n' => !keepLines,
            '\r' => !keepLines || index + 1 == text.Length || text[index + 1] != '\n',
            < ' ' or (>= '\u007f' and <= '\u009f') => true,
            '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff' => true,
            _ => false,
        };
    }

    // An apostrophe within a word is no quote.
    [GeneratedRegex(@"(?<=(?<!\w)')[^']{201,}(?='(?!\w))|[^\s']{201,}", RegexOptions.CultureInvariant)]
    private static partial Regex LongName { get; }
}
