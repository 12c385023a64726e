using Husai.Formats.Text;

namespace Husai.Cli.Hosting;

/// <summary>The user gave something that cannot work. The message is one line that says what, where and what to do.</summary>
internal sealed class BadInputException(string message) : Exception(message)
{
    /// <summary>What is wrong with a value that came from the user.</summary>
    public static BadInputException From(ArgumentException error) => new(FailureText.OneLine(error));
}
