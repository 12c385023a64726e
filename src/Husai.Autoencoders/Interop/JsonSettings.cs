using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>A JSON file of settings, read with errors of one line.</summary>
internal sealed class JsonSettings
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly string _prefix;

    public JsonSettings(string path, JsonObject root, string prefix = "") => (Path, Root, _prefix) = (path, root, prefix);

    public string Path { get; }

    public JsonObject Root { get; }

    /// <summary>Reads a file that must be there and hold an object.</summary>
    /// <exception cref="InvalidFileException">It is missing, too long, or not a JSON object.</exception>
    public static JsonSettings Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidFileException(path, "the file is missing: it describes the weights in the same folder");
        }

        try
        {
            var root = JsonNode.Parse(
                TextFile.Read(path, TextFile.LongestDescription, "a configuration"), documentOptions: Strict) as JsonObject
                ?? throw new InvalidFileException(path, "is not a JSON object");
            RequireValidText(root);
            return new JsonSettings(path, root);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidFileException(path, $"is not valid JSON: {error.Message}", error);
        }
    }

    public bool Has(string key) => Root[key] is not null;

    /// <summary>An object within the object.</summary>
    public JsonSettings Section(string key) => Root[key] is JsonObject section
        ? new JsonSettings(Path, section, $"{_prefix}{key}.") : throw WrongKind(key, "an object");

    /// <summary>An object within the object, or an empty one where the key is missing or null.</summary>
    public JsonSettings SectionOrEmpty(string key) => Has(key) ? Section(key) : new JsonSettings(Path, [], $"{_prefix}{key}.");

    /// <summary>A text, or <paramref name="fallback"/> where the key is missing or null and there is one.</summary>
    public string Text(string key, string? fallback = null)
    {
        var node = Root[key];
        return node is null && fallback is not null ? fallback
            : node is JsonValue value && value.TryGetValue(out string? text) ? text : throw WrongKind(key, "a text");
    }

    /// <summary>True or false, or <paramref name="fallback"/> where the key is missing or null.</summary>
    public bool Flag(string key, bool fallback)
    {
        var node = Root[key];
        return node is null ? fallback
            : node is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw WrongKind(key, "true or false");
    }

    /// <summary>As <see cref="Flag"/>, of a library that writes its settings as Python prints them: "True" and "False" too.</summary>
    public bool FlagOrText(string key, bool fallback) =>
        Root[key] is JsonValue value && value.TryGetValue(out string? text) && bool.TryParse(text, out var flag)
            ? flag
            : Flag(key, fallback);

    /// <summary>A whole number above 0.</summary>
    public int Size(string key) => Number(key) is >= 1 and <= int.MaxValue and var size && size == Math.Floor(size)
        ? (int)size : throw WrongKind(key, "a whole number above 0");

    /// <summary>Makes sure that a size, where it is stated, is that of the weights.</summary>
    public void RequireSize(string key, int size, string what)
    {
        if (NumberOrText(key) is { } stated && stated != size)
        {
            throw Wrong(
                key, $"is {stated.ToString(CultureInfo.InvariantCulture)}, but the weights have {size} {what}: do they belong together?");
        }
    }

    /// <summary>A number, or null where the key is missing or null.</summary>
    public double? Number(string key)
    {
        var node = Root[key];
        return node is null ? null
            : node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? JsonSerializer.Deserialize<double>(value)
            : throw WrongKind(key, "a number");
    }

    /// <summary>As <see cref="Number"/>, of a library that writes its settings as Python prints them: the text of a number too.</summary>
    public double? NumberOrText(string key) =>
        Root[key] is JsonValue value && value.TryGetValue(out string? text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : Number(key);

    /// <summary>The key as messages name it.</summary>
    public string NameOf(string key) => $"'{_prefix}{key}' of {System.IO.Path.GetFileName(Path)}";

    private InvalidFileException WrongKind(string key, string kind) =>
        Wrong(key, Has(key) ? $"must be {kind}" : $"is missing; it must be {kind}");

    public InvalidFileException Wrong(string key, string reason) => new(Path, $"'{_prefix}{key}' {reason}");

    // Escapes of half a character are found only where a text is read.
    private static void RequireValidText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject nested:
                foreach (var (_, item) in nested)
                {
                    RequireValidText(item);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    RequireValidText(item);
                }

                break;
            case JsonValue value:
                _ = value.TryGetValue(out string? _);
                break;
        }
    }
}
