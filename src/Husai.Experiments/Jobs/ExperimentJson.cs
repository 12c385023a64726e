using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Husai.Formats.Files;

namespace Husai.Experiments.Jobs;

/// <summary>The JSON of run folders: snake_case, every digit of a number, "NaN" and the infinities as strings.</summary>
internal static class ExperimentJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>Writes a file as a whole.</summary>
    public static void Write<T>(string path, T value) => AtomicFile.WriteText(path, Serialize(value) + "\n");

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidFileException">The file is missing, or not what it should be.</exception>
    public static T Read<T>(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidFileException(path, "the file is missing");
        }

        return Parse<T>(TextFile.Read(path, TextFile.LongestResult, "a result"), path);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="path">The file that it comes from, for the message.</param>
    /// <exception cref="InvalidFileException">The text is not what it should be.</exception>
    public static T Parse<T>(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Indented)
                ?? throw new InvalidFileException(path, "holds null");
        }
        catch (JsonException error)
        {
            throw new InvalidFileException(path, $"is not what this version writes: {error.Message}", error);
        }
    }
}
