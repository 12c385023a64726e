using System.Text.Json.Nodes;

namespace Husai.Autoencoders.Interop;

/// <summary>What an import notes in the <c>metadata</c> of <c>cfg.json</c>.</summary>
internal static class ImportedMetadata
{
    public static JsonObject Create(SaeLayout layout, params ReadOnlySpan<(string Key, JsonNode? Value)> entries)
    {
        var result = new JsonObject { ["imported_from"] = SaeLayouts.NameOf(layout) };
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                result[key] = value.DeepClone();
            }
        }

        return result;
    }
}
