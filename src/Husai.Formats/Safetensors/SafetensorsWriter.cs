using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Husai.Formats.Tensors;

namespace Husai.Formats.Safetensors;

/// <summary>Lays out and writes one safetensors file.</summary>
internal sealed class SafetensorsWriter
{
    private readonly NamedTensor[] _tensors;
    private readonly KeyValuePair<string, string>[] _metadata;

    public SafetensorsWriter(IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);

        // The widest elements first, as the reference does: with an aligned start every tensor is aligned.
        _tensors = [.. tensors.OrderByDescending(tensor => tensor.Type).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        _metadata = metadata is null ? [] : [.. metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsFile.MetadataName };
        foreach (var tensor in _tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException(
                    $"the tensor name '{tensor.Name}' is used twice or reserved", nameof(tensors));
            }
        }
    }

    public void Write(Stream stream)
    {
        var header = Header();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in _tensors)
        {
            stream.Write(tensor.Data.Span);
        }
    }

    private byte[] Header()
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            WriteMetadata(json);
            var offset = 0L;
            foreach (var tensor in _tensors)
            {
                WriteTensor(json, tensor, offset);
                offset += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        // Spaces to a multiple of 8: then the data starts on an 8-byte boundary and can be mapped in place.
        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private void WriteMetadata(Utf8JsonWriter json)
    {
        if (_metadata.Length == 0)
        {
            return;
        }

        json.WriteStartObject(SafetensorsFile.MetadataName);
        foreach (var (key, value) in _metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, NamedTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsType.Code(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
