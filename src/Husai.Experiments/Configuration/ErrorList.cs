using Husai.Formats.Text;

namespace Husai.Experiments.Configuration;

/// <summary>Collects what is wrong with a configuration.</summary>
internal sealed class ErrorList
{
    // What comes after that many errors helps nobody.
    private const int Limit = 100;
    private readonly List<ConfigurationError> _errors = [];

    public int Count => _errors.Count;

    public void Add(ConfigurationLocation location, string message)
    {
        if (_errors.Count < Limit)
        {
            _errors.Add(new ConfigurationError(location, PrintableText.Line(message)));
        }
    }

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw Exception();
        }
    }

    /// <summary>The exception with all errors so far, the file's in order of place before those of overrides.</summary>
    public ConfigurationException Exception() => new(
        [
            .. _errors.OrderBy(error => error.Location.Line == 0).ThenBy(error => error.Location.Line)
                .ThenBy(error => error.Location.Column)]);
}
