using System.Buffers.Binary;
using System.Text.Unicode;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Safetensors;

/// <summary>The checked header of a safetensors file: what lies where.</summary>
/// <remarks>
/// The checks are those of the reference implementation (huggingface/safetensors, <c>safetensors/src/tensor.rs</c>), in
/// its order, and caps of our own, so that no header makes a reader allocate much more than the file's own length.
/// </remarks>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, Dictionary<string, string> Metadata, long DataStart)
{
    public const int MaximumLength = 100_000_000;
    public const int MaximumSupportedLength = 8 << 20;
    public const int MaximumTensors = 100_000;
    public const int MaximumRank = 64;

    public static SafetensorsHeader Read(Stream stream, string path)
    {
        var fileLength = stream.Length;
        if (fileLength < sizeof(ulong))
        {
            throw new InvalidFileException(path, $"has {fileLength} bytes: too short for a safetensors file");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(InputFile.ReadBytes(stream, path, sizeof(ulong)));
        if (length > MaximumLength)
        {
            throw new InvalidFileException(
                path, $"claims a header of {length} bytes, above the format's {MaximumLength}: not a safetensors file?");
        }

        if (sizeof(ulong) + (long)length > fileLength)
        {
            throw new InvalidFileException(
                path, $"claims a header of {length} bytes but has only {fileLength} bytes in all: truncated?");
        }

        if (length > MaximumSupportedLength)
        {
            throw new InvalidFileException(
                path, $"has a header of {length} bytes; more than {MaximumSupportedLength} is not supported");
        }

        var bytes = InputFile.ReadBytes(stream, path, (long)length);
        if (!Utf8.IsValid(bytes))
        {
            throw new InvalidFileException(path, "has a header that is not UTF-8: not a safetensors file?");
        }

        var (entries, metadata) = SafetensorsHeaderParser.Parse(bytes, path);
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        var dataStart = sizeof(ulong) + (long)length;
        CheckTiling(entries, path);
        var end = entries.Count == 0 ? 0 : entries[^1].End;
        if (end != (ulong)(fileLength - dataStart))
        {
            throw new InvalidFileException(
                path, $"describes {end} bytes of data but holds {fileLength - dataStart}: truncated, or something appended?");
        }

        return new SafetensorsHeader(entries, metadata, dataStart);
    }

    // No holes, no overlaps, and every tensor exactly as long as its type and shape say.
    private static void CheckTiling(List<SafetensorsEntry> entries, string path)
    {
        var previous = 0UL;
        foreach (var entry in entries)
        {
            if (entry.Begin != previous || entry.End < entry.Begin)
            {
                throw new InvalidFileException(
                    path, $"tensor '{entry.Name}' lies at [{entry.Begin}, {entry.End}] where {previous} must begin: holes or overlaps");
            }

            previous = entry.End;
            if ((ulong?)entry.Type.Bytes(entry.Shape) is not { } bytes)
            {
                throw new InvalidFileException(
                    path,
                    $"tensor '{entry.Name}' has a shape [{string.Join(", ", entry.Shape.Select(size => (ulong)size))}] that overflows");
            }

            if (bytes != entry.End - entry.Begin)
            {
                throw new InvalidFileException(
                    path,
                    $"tensor '{entry.Name}' needs {bytes} bytes for its type and shape but has {entry.End - entry.Begin}");
            }
        }
    }
}
