namespace Husai.Experiments.Configuration;

/// <summary>A configuration that cannot be used, with everything that is wrong with it.</summary>
internal sealed class ConfigurationException : Exception
{
    internal ConfigurationException(IReadOnlyList<ConfigurationError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>All errors found, in order of place; at least one. The message holds one line for each.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}
