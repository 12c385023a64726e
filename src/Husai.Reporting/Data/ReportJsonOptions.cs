using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Husai.Formats.Json;

namespace Husai.Reporting.Data;

internal static class ReportJsonOptions
{
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = indented,
        NewLine = "\n",
        // Read by people and by programs, never pasted into HTML: '>' and 'µ' may stand as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new UndefinedAsNull(),
            new FiniteSingleConverter(),
        },
    };
}
