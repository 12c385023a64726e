namespace Husai.Cli.Hosting;

/// <summary>The user gave something that cannot work. The message is one line that says what, where and what to do.</summary>
internal sealed class BadInputException(string message) : Exception(message)
{
    /// <summary>What an option that came from the user is told to be, without the name of the parameter that it became.</summary>
    public static BadInputException From(ArgumentException error)
    {
        var parameter = $" (Parameter '{error.ParamName}')";
        return new BadInputException(error.Message.EndsWith(parameter, StringComparison.Ordinal) ? error.Message[..^parameter.Length] : error.Message);
    }
}
