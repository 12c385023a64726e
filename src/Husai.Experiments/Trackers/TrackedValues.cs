using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Husai.Experiments.Trackers;

/// <summary>Turns records into what trackers take: the names of metrics are those of <c>metrics.jsonl</c>.</summary>
internal static class TrackedValues
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>All of a record, as a configuration.</summary>
    public static JsonObject Configuration<T>(T options) => (JsonObject)JsonSerializer.SerializeToNode(options, Json)!;

    /// <summary>
    /// The numbers of a record; those of a record within it behind its name and a '/'. Lists, texts and nulls are left out.
    /// </summary>
    public static Dictionary<string, double> Numbers<T>(T record)
    {
        var result = new Dictionary<string, double>();
        Collect(result, "", JsonSerializer.SerializeToNode(record, Json));
        return result;
    }

    private static void Collect(Dictionary<string, double> result, string name, JsonNode? node)
    {
        if (node is JsonObject nested)
        {
            foreach (var (key, value) in nested)
            {
                Collect(result, name.Length == 0 ? key : $"{name}/{key}", value);
            }
        }
        else if (node is JsonValue value && value.GetValueKind() is JsonValueKind.Number)
        {
            result[name] = value.Deserialize<double>(Json);
        }
        else if (node is JsonValue text && text.GetValueKind() is JsonValueKind.String
            && text.GetValue<string>() is "NaN" or "Infinity" or "-Infinity")
        {
            result[name] = text.Deserialize<double>(Json);
        }
    }
}
