using System.Text.Json;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Safetensors;

/// <summary>Reads the JSON of a safetensors header token by token: a document tree would cost many times its length.</summary>
internal ref struct SafetensorsHeaderParser
{
    private readonly string _path;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly Dictionary<string, SafetensorsEntry> _entries = [];
    private bool _hasMetadata;
    private Utf8JsonReader _reader;

    private SafetensorsHeaderParser(ReadOnlySpan<byte> json, string path)
    {
        _path = path;
        _reader = new Utf8JsonReader(json);
    }

    public static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> json, string path)
    {
        var parser = new SafetensorsHeaderParser(json, path);
        try
        {
            parser.ParseAll();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // An unpaired surrogate in a string is an InvalidOperationException of the JSON reader.
            throw new InvalidFileException(
                path, $"has a damaged JSON header near byte {sizeof(ulong) + parser._reader.TokenStartIndex}", error);
        }

        return ([.. parser._entries.Values], parser._metadata);
    }

    private void ParseAll()
    {
        Expect(JsonTokenType.StartObject, "an object");
        while (NextName(JsonTokenType.EndObject) is { } name)
        {
            if (_entries.ContainsKey(name) || (_hasMetadata && name == SafetensorsFile.MetadataName))
            {
                throw Damaged($"names '{name}' twice");
            }

            if (name == SafetensorsFile.MetadataName)
            {
                _hasMetadata = true;
                ParseMetadata();
            }
            else if (_entries.Count == SafetensorsHeader.MaximumTensors)
            {
                throw Damaged($"holds more than {SafetensorsHeader.MaximumTensors} tensors");
            }
            else
            {
                _entries.Add(name, ParseTensor(name));
            }
        }

        if (_reader.Read())
        {
            throw Damaged("holds more than one value");
        }
    }

    private void ParseMetadata()
    {
        Expect(JsonTokenType.StartObject, "an object after " + SafetensorsFile.MetadataName);
        while (NextName(JsonTokenType.EndObject) is { } key)
        {
            if (Next() != JsonTokenType.String)
            {
                throw Damaged($"lacks text for the metadata '{key}'");
            }

            if (_metadata.Count == SafetensorsHeader.MaximumTensors)
            {
                throw Damaged($"holds more than {SafetensorsHeader.MaximumTensors} metadata entries");
            }

            if (!_metadata.TryAdd(key, _reader.GetString()!))
            {
                throw Damaged($"names the metadata '{key}' twice");
            }
        }
    }

    private SafetensorsEntry ParseTensor(string tensor)
    {
        if (Next() != JsonTokenType.StartObject)
        {
            throw Damaged($"lacks an object for tensor '{tensor}'");
        }

        TensorType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (Next() != JsonTokenType.EndObject)
        {
            // Compared in place: a header of many tensors repeats these three names for each.
            if (_reader.ValueTextEquals("dtype"u8) && type is null)
            {
                if (Next() != JsonTokenType.String)
                {
                    throw Damaged($"lacks text for the dtype of tensor '{tensor}'");
                }

                type = SafetensorsType.Parse(_reader.GetString()!, _path, tensor);
            }
            else if (_reader.ValueTextEquals("shape"u8) && shape is null)
            {
                shape = ParseIntegers(tensor, SafetensorsHeader.MaximumRank);
            }
            else if (_reader.ValueTextEquals("data_offsets"u8) && offsets is null)
            {
                offsets = ParseIntegers(tensor, 2);
            }
            else
            {
                throw Damaged($"has the unknown or repeated field '{_reader.GetString()}' in tensor '{tensor}'");
            }
        }

        return type is null || shape is null || offsets is not [var begin, var end]
            ? throw Damaged($"lacks dtype, shape or two data_offsets for tensor '{tensor}'")
            : new SafetensorsEntry(tensor, type.Value, shape, (ulong)begin, (ulong)end);
    }

    private long[] ParseIntegers(string tensor, int most)
    {
        if (Next() != JsonTokenType.StartArray)
        {
            throw Damaged($"lacks an array of integers in tensor '{tensor}'");
        }

        Span<long> values = stackalloc long[most];
        var count = 0;
        while (Next() != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetUInt64(out var value))
            {
                throw Damaged($"has something other than a non-negative integer in an array of tensor '{tensor}'");
            }

            if (count == most)
            {
                throw Damaged($"has an array of more than {most} integers in tensor '{tensor}'");
            }

            values[count++] = (long)value;
        }

        return values[..count].ToArray();
    }

    private string? NextName(JsonTokenType end) => Next() == end ? null : _reader.GetString();

    private JsonTokenType Next() => _reader.Read() ? _reader.TokenType : throw Damaged("ends too early");

    private void Expect(JsonTokenType type, string what)
    {
        if (Next() != type)
        {
            throw Damaged($"lacks {what}");
        }
    }

    private readonly InvalidFileException Damaged(string what) =>
        new(_path, $"has a JSON header that {what} (near byte {sizeof(ulong) + _reader.TokenStartIndex})");
}
