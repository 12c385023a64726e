using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Configuration;

/// <summary>The values of an enumeration by the names that they have in configurations, for options of the command line.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public static class OptionValues<T>
    where T : struct, Enum
{
    private static readonly IReadOnlyList<OptionValue> Values = OptionNames.OfEnum(typeof(T));

    /// <summary>The names, in order of value.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Values.Select(value => value.Name)];

    /// <summary>The name of a value.</summary>
    public static string NameOf(T value) => Values.First(other => other.Value.Equals(value)).Name;

    /// <summary>The value of a name or earlier name; null where there is none.</summary>
    public static T? Find(string name) => Values.FirstOrDefault(value => value.IsCalled(name))?.Value as T?;
}
