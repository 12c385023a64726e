using Husai.Formats.Text;

namespace Husai.Experiments.Configuration;

/// <summary>A place in a configuration file, or an override as a whole.</summary>
/// <param name="Source">Path of the file, or the override as it was given.</param>
/// <param name="Line">Line from 1 on; 0 in an override.</param>
/// <param name="Column">Column from 1 on; 0 in an override.</param>
internal readonly record struct ConfigurationLocation(string Source, int Line, int Column)
{
    /// <summary><c>file:line:column</c>, or <c>override 'key=value'</c>.</summary>
    public override string ToString() => Line == 0
        ? $"override '{PrintableText.Name(Source)}'" : $"{PrintableText.Name(Source)}:{Line}:{Column}";
}
