namespace Husai.Formats.Text;

/// <summary>What an exception tells a user, on one line.</summary>
internal static class FailureText
{
    /// <summary>The cause's message, without the name of the parameter that a value of the user's became.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static string OneLine(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var cause = exception is AggregateException { InnerException: { } inner } ? inner : exception;
        var text = cause.Message;
        if (cause is ArgumentException { ParamName: { } name }
            && text.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal) is > 0 and var end)
        {
            text = text[..end];
        }

        return text.ReplaceLineEndings(" ");
    }
}
