namespace Husai.Cli.Hosting;

/// <summary>The user gave something that cannot work. The message is one line that says what, where and what to do.</summary>
internal sealed class BadInputException(string message) : Exception(message)
{
    /// <summary>What is wrong with a value that came from the user, without the name of the parameter that it became.</summary>
    public static BadInputException From(ArgumentException error)
    {
        var end = error.Message.IndexOf($" (Parameter '{error.ParamName}')", StringComparison.Ordinal);
        return new BadInputException(end < 0 ? error.Message : error.Message[..end]);
    }
}
