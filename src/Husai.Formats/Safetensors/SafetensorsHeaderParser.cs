using System.Text.Json;

namespace Husai.Formats;

/// <summary>Reads the JSON of a safetensors header token by token: a document tree would cost many times its length.</summary>
internal ref struct SafetensorsHeaderParser
{
    private readonly string _path;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly HashSet<string> _names = [];
    private readonly List<SafetensorsEntry> _entries = [];
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

        return (parser._entries, parser._metadata);
    }

    private void ParseAll()
    {
        Expect(JsonTokenType.StartObject, "an object");
        while (NextName(JsonTokenType.EndObject) is { } name)
        {
            if (!_names.Add(name))
            {
                throw Damaged($"names '{name}' twice");
            }

            if (name == Safetensors.MetadataName)
            {
                ParseMetadata();
            }
            else if (_entries.Count == SafetensorsHeader.MaximumTensors)
            {
                throw Damaged($"holds more than {SafetensorsHeader.MaximumTensors} tensors");
            }
            else
            {
                _entries.Add(ParseTensor(name));
            }
        }

        if (_reader.Read())
        {
            throw Damaged("holds more than one value");
        }
    }

    private void ParseMetadata()
    {
        Expect(JsonTokenType.StartObject, $"an object after {Safetensors.MetadataName}");
        while (NextName(JsonTokenType.EndObject) is { } key)
        {
            Expect(JsonTokenType.String, $"text for the metadata '{key}'");
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
        Expect(JsonTokenType.StartObject, $"an object for tensor '{tensor}'");
        string? type = null;
        ulong[]? shape = null;
        ulong[]? offsets = null;
        while (NextName(JsonTokenType.EndObject) is { } key)
        {
            var seen = key switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw Damaged($"has an unknown field '{key}' in tensor '{tensor}'"),
            };
            if (seen)
            {
                throw Damaged($"names '{key}' twice in tensor '{tensor}'");
            }

            if (key == "dtype")
            {
                Expect(JsonTokenType.String, $"text for the dtype of tensor '{tensor}'");
                type = _reader.GetString();
            }
            else if (key == "shape")
            {
                shape = ParseIntegers(tensor, SafetensorsHeader.MaximumRank);
            }
            else
            {
                offsets = ParseIntegers(tensor, 2);
            }
        }

        return type is null || shape is null || offsets is not [var begin, var end]
            ? throw Damaged($"lacks dtype, shape or two data_offsets for tensor '{tensor}'")
            : new SafetensorsEntry(tensor, SafetensorsType.Parse(type, _path, tensor), shape, begin, end);
    }

    private ulong[] ParseIntegers(string tensor, int most)
    {
        Expect(JsonTokenType.StartArray, $"an array of integers in tensor '{tensor}'");
        var result = new List<ulong>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetUInt64(out var value))
            {
                throw Damaged($"has something other than a non-negative integer in an array of tensor '{tensor}'");
            }

            if (result.Count == most)
            {
                throw Damaged($"has an array of more than {most} integers in tensor '{tensor}'");
            }

            result.Add(value);
        }

        return [.. result];
    }

    private string? NextName(JsonTokenType end)
    {
        if (!_reader.Read())
        {
            throw Damaged("ends too early");
        }

        return _reader.TokenType == end ? null : _reader.GetString();
    }

    private void Expect(JsonTokenType type, string what)
    {
        if (!_reader.Read() || _reader.TokenType != type)
        {
            throw Damaged($"lacks {what}");
        }
    }

    private readonly InvalidFileException Damaged(string what) =>
        new(_path, $"has a JSON header that {what} (near byte {sizeof(ulong) + _reader.TokenStartIndex})");
}
