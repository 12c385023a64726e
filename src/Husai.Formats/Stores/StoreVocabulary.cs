using System.Text.Json;
using Husai.Formats.Files;

namespace Husai.Formats.Stores;

/// <summary>The texts of the token ids of a store, <c>vocabulary.json</c>: an array of texts, so that rows can be shown without the
/// tokenizer.</summary>
internal static class StoreVocabulary
{
    public const string FileName = "vocabulary.json";

    public static void Write(string folder, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(texts) + "\n");
        }
    }

    public static IReadOnlyList<string> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<string[]>(TextFile.Read(path, TextFile.LongestResult, "a vocabulary")) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidFileException(path, "is damaged", error);
        }
    }
}
