using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Husai.Cli.Output;

/// <summary>
/// The JSON that <c>--json</c> prints: keys and enumeration values in snake_case, numbers with all their digits, and the
/// strings "NaN", "Infinity" and "-Infinity" for what JSON has no numbers for.
/// </summary>
internal static class JsonDocuments
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Serialize<T>(T document) => JsonSerializer.Serialize(document, Options);
}
