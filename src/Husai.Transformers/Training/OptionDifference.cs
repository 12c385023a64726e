using System.Text.Json.Nodes;

namespace Husai.Transformers;

/// <summary>Finds out whether a training may go on with other options than it was begun with.</summary>
internal static class OptionDifference
{
    // These decide how far training goes and what is kept of it, not what a step does.
    private static readonly string[] Free = ["training.epochs", "training.checkpoint_every"];

    /// <summary>The first option that differs, as <c>name is X, was Y</c>; null if none does.</summary>
    public static string? Find(TransformerRunOptions stored, TransformerRunOptions wanted)
    {
        var before = Flatten(stored);
        foreach (var (name, value) in Flatten(wanted))
        {
            if (!Free.Contains(name) && before.GetValueOrDefault(name) != value)
            {
                return $"{name} is {value}, was {before.GetValueOrDefault(name)}";
            }
        }

        return null;
    }

    private static Dictionary<string, string> Flatten(TransformerRunOptions options)
    {
        var result = new Dictionary<string, string>();
        foreach (var (section, values) in JsonNode.Parse(CheckpointJson.SerializeLine(options))!.AsObject())
        {
            foreach (var (name, value) in values!.AsObject())
            {
                result[$"{section}.{name}"] = value?.ToJsonString() ?? "unset";
            }
        }

        return result;
    }
}
