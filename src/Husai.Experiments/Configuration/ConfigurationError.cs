namespace Husai.Experiments.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="Message">What is wrong and what would be right, on one line.</param>
internal sealed record ConfigurationError(ConfigurationLocation Location, string Message)
{
    /// <summary><c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Location}: {Message}";
}
