using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Experiments.Configuration.Yaml;
using Husai.Experiments.Trackers;

namespace Husai.Experiments.Configuration;

/// <summary>The key <c>tracker</c> of a configuration: a name, or a list of names.</summary>
internal sealed record TrackerKey
{
    private const string Key = "tracker";

    [Description("Trackers that the training is also written for: wandb, tensorboard")]
    [AllowedValues(TrackerChoice.Wandb, TrackerChoice.TensorBoard)]
    public IReadOnlyList<string> Tracker { get; init; } = [];

    /// <summary>Splits the key off the others.</summary>
    public static (ConfigurationNode Tracker, ConfigurationNode Others) Take(ConfigurationNode root)
    {
        if (root is not MappingNode mapping)
        {
            return (new MappingNode([], root.Location), root);
        }

        var own = mapping.Entries.Where(entry => entry.Key == Key).Select(entry => entry with { Value = AsList(entry.Value) });
        return (mapping with { Entries = [.. own] }, mapping with { Entries = [.. mapping.Entries.Where(entry => entry.Key != Key)] });
    }

    private static ConfigurationNode AsList(ConfigurationNode value) =>
        value is ScalarNode { IsNull: false } ? new SequenceNode([value], value.Location) : value;
}
