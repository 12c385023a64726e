namespace Husai.Experiments.Configuration.Yaml;

/// <summary>A node of a configuration file, which knows its place.</summary>
internal abstract record ConfigurationNode(ConfigurationLocation Location);

/// <summary>A single value. A plain one, without quotes, may be a number, a bool, null or a string.</summary>
internal sealed record ScalarNode(string Value, bool IsPlain, ConfigurationLocation Location) : ConfigurationNode(Location)
{
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed record SequenceNode(IReadOnlyList<ConfigurationNode> Items, ConfigurationLocation Location) : ConfigurationNode(Location);

/// <summary>Keys with values; no key occurs twice.</summary>
internal sealed record MappingNode(IReadOnlyList<MappingEntry> Entries, ConfigurationLocation Location) : ConfigurationNode(Location)
{
    public ConfigurationNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;
}

/// <summary>A key with its place, and its value.</summary>
internal sealed record MappingEntry(string Key, ConfigurationLocation Location, ConfigurationNode Value);

/// <summary>Something that was reported as an error already.</summary>
internal sealed record RefusedNode(ConfigurationLocation Location) : ConfigurationNode(Location);
