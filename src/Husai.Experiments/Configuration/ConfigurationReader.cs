using Husai.Experiments.Configuration.Binding;
using Husai.Experiments.Configuration.Yaml;
using Husai.Formats.Files;

namespace Husai.Experiments.Configuration;

/// <summary>
/// Reads option records from YAML. A key is the property's name in snake_case; what is left out keeps its default.
/// Unknown and repeated keys, values of another type, out of range or not among the allowed ones are errors, and all of
/// them are reported together. Anchors, aliases, tags and second documents are refused.
/// </summary>
/// <remarks>
/// Options are records with a parameterless constructor whose properties can be set: numbers, bools, strings, enumerations,
/// further records, lists, and dictionaries with string keys. <c>required</c> properties must be given. The attributes of
/// System.ComponentModel.DataAnnotations on a property are checked, on a list's elements where they are
/// <c>[Range]</c> or <c>[AllowedValues]</c>; a record may implement <c>IValidatableObject</c> for what concerns several keys.
/// </remarks>
internal static class ConfigurationReader
{
    /// <summary>Largest file read, in bytes.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of a YAML file in UTF-8.</param>
    /// <param name="overrides">Values that replace the file's, such as <c>training.seed=3</c>; the value is YAML too.</param>
    /// <exception cref="ConfigurationException">The file or an override is wrong.</exception>
    /// <exception cref="InvalidFileException">The file cannot be read.</exception>
    public static T Read<T>(string path, params IReadOnlyList<string> overrides)
        where T : class => Parse<T>(ReadText(path), path, overrides);

    /// <summary>Reads a file that may have a key <c>tracker</c> besides those of the options.</summary>
    /// <param name="path">Path of a YAML file in UTF-8.</param>
    /// <param name="overrides">Values that replace the file's, such as <c>training.seed=3</c> or <c>tracker=wandb</c>; the value is YAML
    /// too.</param>
    /// <exception cref="ConfigurationException">The file or an override is wrong.</exception>
    /// <exception cref="InvalidFileException">The file cannot be read.</exception>
    public static TrackedConfiguration<T> ReadTracked<T>(string path, params IReadOnlyList<string> overrides)
        where T : class => ParseTracked<T>(ReadText(path), path, overrides);

    /// <summary>Reads a text that may have a key <c>tracker</c> besides those of the options.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Name of the text in messages.</param>
    /// <param name="overrides">Values that replace the text's.</param>
    /// <exception cref="ConfigurationException">The text or an override is wrong.</exception>
    public static TrackedConfiguration<T> ParseTracked<T>(string text, string source, params IReadOnlyList<string> overrides)
        where T : class
    {
        var errors = new ErrorList();
        var (trackers, rest) = TrackerKey.Take(ReadTree(text, source, overrides, errors));
        _ = new ConfigurationBinder(errors).TryBind(trackers, typeof(TrackerKey), out var key);
        var options = Bind<T>(rest, errors);
        return new TrackedConfiguration<T>(options, ((TrackerKey)key!).Tracker);
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="InvalidFileException">It cannot be read.</exception>
    internal static string ReadText(string path) => TextFile.Read(path, MaximumLength, "a configuration");

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Name of the text in messages.</param>
    /// <param name="overrides">Values that replace the text's, such as <c>training.seed=3</c>; the value is YAML too.</param>
    /// <exception cref="ConfigurationException">The text or an override is wrong.</exception>
    public static T Parse<T>(string text, string source, params IReadOnlyList<string> overrides)
        where T : class
    {
        var errors = new ErrorList();
        return Bind<T>(ReadTree(text, source, overrides, errors), errors);
    }

    private static ConfigurationNode ReadTree(string text, string source, IReadOnlyList<string> overrides, ErrorList errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(overrides);
        if (text.Length > MaximumLength)
        {
            throw Single(source, $"the text has {text.Length} characters where at most {MaximumLength} are read");
        }

        var root = YamlTreeReader.Read(text, source, errors);
        foreach (var assignment in overrides)
        {
            root = ConfigurationOverride.Apply(root, assignment, errors);
        }

        return root;
    }

    private static T Bind<T>(ConfigurationNode root, ErrorList errors)
        where T : class
    {
        var isBound = new ConfigurationBinder(errors).TryBind(root, typeof(T), out var options);
        errors.ThrowIfAny();
        return isBound ? (T)options! : throw new InvalidOperationException($"{typeof(T)} was not bound, for no reason given");
    }

    private static ConfigurationException Single(string source, string message) =>
        new([new ConfigurationError(new ConfigurationLocation(source, 1, 1), message)]);
}
