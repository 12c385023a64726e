using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Husai.Formats.Files;

namespace Husai.Networks.Text;

/// <summary>Text: a document for each line of a .txt file, or one, or a document for each object of a .jsonl file.</summary>
internal sealed class TextCorpus(string path, TextTokenizer tokenizer, string? field, bool isWhole) : Corpus(path)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public override IEnumerable<TokenDocument> ReadDocuments()
    {
        var number = 0L;
        foreach (var (offset, line, bytes) in Pieces())
        {
            var text = bytes.AsSpan();
            if (offset == 0 && text.StartsWith(ByteOrderMark))
            {
                text = text[ByteOrderMark.Length..];
            }

            if (!Utf8.IsValid(text))
            {
                throw new InvalidFileException(Path, $"is not UTF-8 text: {(isWhole ? "it" : $"line {line}")} holds other bytes");
            }

            if (text.Trim(" \t\r\n"u8).IsEmpty)
            {
                continue;
            }

            yield return new TokenDocument(
                number++, offset, tokenizer.Encode(field is null ? Encoding.UTF8.GetString(text) : FieldOf(text, line)));
        }
    }

    private IEnumerable<(long Offset, long Line, byte[] Bytes)> Pieces()
    {
        if (isWhole)
        {
            yield return (0, 1, CompressedText.ReadWhole(Path));
            yield break;
        }

        using var stream = CompressedText.Open(Path);
        var lines = new LineReader(stream, Path);
        for (var line = 1L; lines.Next() is var (offset, bytes) && bytes is not null; line++)
        {
            yield return (offset, line, bytes);
        }
    }

    private string FieldOf(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var json = JsonDocument.ParseValue(ref reader);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(field!, out var text)
                && text.ValueKind == JsonValueKind.String
                ? text.GetString()!
                : throw new InvalidFileException(Path, $"line {number} has no text in the field '{field}'; --field names another");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidFileException(Path, $"line {number} is no JSON", error);
        }
    }
}
