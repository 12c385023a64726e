using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Configuration;

/// <summary>The values of enumerations by the names that they have in configurations, for options of the command line.</summary>
internal static class OptionValues
{
    /// <summary>The names, in order of value.</summary>
    public static IReadOnlyList<string> NamesOf<T>()
        where T : struct, Enum => [.. OptionNames.OfEnum(typeof(T)).Select(value => value.Name)];

    /// <summary>The name of a value.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => OptionNames.OfEnum(typeof(T)).First(other => other.Value.Equals(value)).Name;

    /// <summary>The value of a name or earlier name; null where there is none.</summary>
    public static T? Find<T>(string name)
        where T : struct, Enum => OptionNames.OfEnum(typeof(T)).FirstOrDefault(value => value.IsCalled(name))?.Value as T?;
}
