using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Husai.Transformers.Checkpoints;

/// <summary>The JSON of checkpoint folders: snake_case keys, none of which may be unknown.</summary>
internal static class CheckpointJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        RespectNullableAnnotations = true,
    };

    private static readonly JsonSerializerOptions Line = new(Indented) { WriteIndented = false };

    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Indented) + "\n";

    public static string SerializeLine<T>(T value) => JsonSerializer.Serialize(value, Line);

    /// <exception cref="JsonException">The text is not JSON, or not of this shape.</exception>
    public static T Deserialize<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Indented) ?? throw new JsonException("null is not an object");
}
