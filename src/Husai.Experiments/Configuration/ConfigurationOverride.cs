using System.Globalization;
using Husai.Experiments.Configuration.Yaml;

namespace Husai.Experiments.Configuration;

/// <summary>
/// Puts a value given as <c>key.path=value</c> into the tree of a configuration. A number in the path is an item of a list.
/// </summary>
internal static class ConfigurationOverride
{
    private const int MaximumPathLength = 16;

    public static ConfigurationNode Apply(ConfigurationNode root, string assignment, ErrorList errors)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var location = new ConfigurationLocation(assignment, 0, 0);
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        var path = equals < 0 ? [] : assignment[..equals].Trim().Split('.');
        if (path.Length is 0 or > MaximumPathLength || path.Contains(""))
        {
            errors.Add(location, $"write key=value, with dots between the at most {MaximumPathLength} levels of the key");
            return root;
        }

        return Replace(root, path, YamlTreeReader.Read(assignment[(equals + 1)..], assignment, errors, isOverride: true), location, errors);
    }

    private static ConfigurationNode Replace(
        ConfigurationNode node, ReadOnlySpan<string> path, ConfigurationNode value, ConfigurationLocation location, ErrorList errors)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        if (node is SequenceNode sequence)
        {
            return ReplaceItem(sequence, path, value, location, errors);
        }

        // A key below a missing or null value begins a mapping there.
        var mapping = node as MappingNode ?? new MappingNode([], node is ScalarNode { IsNull: true } ? node.Location : location);
        if (node is ScalarNode { IsNull: false } or RefusedNode)
        {
            errors.Add(location, $"there is no '{path[0]}' in a single value");
            return node;
        }

        var key = path[0];
        var replaced = Replace(mapping[key] ?? new ScalarNode("", IsPlain: true, location), path[1..], value, location, errors);
        var entries = mapping.Entries.Select(entry => entry.Key == key ? entry with { Value = replaced } : entry);
        return mapping with
        {
            Entries = mapping[key] is null ? [.. entries, new MappingEntry(key, location, replaced)] : [.. entries],
        };
    }

    private static SequenceNode ReplaceItem(
        SequenceNode sequence, ReadOnlySpan<string> path, ConfigurationNode value, ConfigurationLocation location, ErrorList errors)
    {
        if (!int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= sequence.Items.Count)
        {
            errors.Add(location, $"'{path[0]}' is no item of a list of {sequence.Items.Count}: they count from 0");
            return sequence;
        }

        var items = sequence.Items.ToArray();
        items[index] = Replace(items[index], path[1..], value, location, errors);
        return sequence with { Items = items };
    }
}
