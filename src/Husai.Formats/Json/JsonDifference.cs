using System.Text.Json.Nodes;

namespace Husai.Formats.Json;

/// <summary>Says in what two sets of options, written as JSON, differ.</summary>
internal static class JsonDifference
{
    private const string Unset = "unset";

    /// <summary>The first option that differs, as <c>section.name is X, was Y</c>; null if none does.</summary>
    /// <param name="stored">The options that were.</param>
    /// <param name="wanted">The options that are asked for.</param>
    /// <param name="free">Options that may differ, by their full names.</param>
    public static string? First(JsonObject stored, JsonObject wanted, params ReadOnlySpan<string> free)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(wanted);
        var (before, after) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        Flatten("", stored, before);
        Flatten("", wanted, after);
        foreach (var name in after.Keys.Union(before.Keys))
        {
            var (now, was) = (after.GetValueOrDefault(name, Unset), before.GetValueOrDefault(name, Unset));
            if (now != was && !free.Contains(name))
            {
                return $"{name} is {now}, was {was}";
            }
        }

        return null;
    }

    private static void Flatten(string prefix, JsonObject options, Dictionary<string, string> into)
    {
        foreach (var (name, value) in options)
        {
            if (value is JsonObject section)
            {
                Flatten($"{prefix}{name}.", section, into);
            }
            else
            {
                into[prefix + name] = value?.ToJsonString() ?? Unset;
            }
        }
    }
}
