using Husai.Experiments.Configuration.Binding;
using Husai.Experiments.Configuration.Yaml;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Makes one configuration for each combination of the values where a list stands in place of a single value.</summary>
internal static class Sweep
{
    /// <summary>Most combinations that one entry may make.</summary>
    public const int Limit = 10_000;

    /// <summary>Expands a node, the last swept key changing fastest.</summary>
    /// <param name="node">The node of an option record.</param>
    /// <param name="type">The record's type.</param>
    /// <returns>Each combination with what distinguishes its name, such as <c>-k4-topk</c>; empty where nothing is swept.</returns>
    public static IReadOnlyList<(string Suffix, ConfigurationNode Node)> Expand(ConfigurationNode node, Type type)
    {
        if (node is not MappingNode mapping)
        {
            return [("", node)];
        }

        var properties = OptionProperty.Of(type).ToDictionary(property => property.Name, property => property.Property.PropertyType);
        List<(string Suffix, MappingNode Node)> combinations = [("", mapping)];
        foreach (var entry in mapping.Entries)
        {
            // Unknown keys are reported when the record is bound.
            if (properties.TryGetValue(entry.Key, out var valueType) && Values(entry, valueType) is { } values)
            {
                combinations =
                [
                    .. combinations.SelectMany(combination => values.Select(
                        value => (combination.Suffix + value.Suffix, With(combination.Node, entry.Key, value.Node)))).Take(Limit + 1),
                ];
            }
        }

        return [.. combinations.Select(combination => (combination.Suffix, (ConfigurationNode)combination.Node))];
    }

    private static IReadOnlyList<(string Suffix, ConfigurationNode Node)>? Values(MappingEntry entry, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var isSingle = Collections.ElementOfList(type) is null;
        return entry.Value switch
        {
            // A list of lists where a list is needed is a sweep too; a list of records never is.
            SequenceNode sequence when ScalarValues.IsScalar(type) =>
                [.. sequence.Items.Select(item => (Suffix(entry.Key, item), item))],
            SequenceNode { Items: [SequenceNode, ..] } sequence when !isSingle =>
                [.. sequence.Items.Select((item, index) => ($"-{entry.Key}{index + 1}", item))],
            MappingNode nested when isSingle && !ScalarValues.IsScalar(type) && Collections.ValueOfDictionary(type) is null =>
                Expand(nested, type),
            _ => null,
        };
    }

    // A number needs its key to be understood, a word does not.
    private static string Suffix(string key, ConfigurationNode value) => value is ScalarNode scalar
        ? scalar.Value.Length > 0 && char.IsLetter(scalar.Value[0]) && scalar.Value is not ("true" or "false" or "null")
            ? $"-{StudyNames.Part(scalar.Value)}"
            : $"-{StudyNames.Part(key)}{StudyNames.Part(scalar.Value)}"
        : $"-{StudyNames.Part(key)}";

    private static MappingNode With(MappingNode mapping, string key, ConfigurationNode value) =>
        mapping with { Entries = [.. mapping.Entries.Select(entry => entry.Key == key ? entry with { Value = value } : entry)] };
}
