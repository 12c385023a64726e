namespace Husai.Experiments.Clusters.Launchers;

/// <summary>Text as one argument of a shell.</summary>
internal static class ShellText
{
    /// <summary>The text as it is where that is safe, else in single quotes.</summary>
    /// <param name="text">The argument.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+:=,@".Contains(letter))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
