using System.Buffers.Binary;
using System.Text;
using Husai.Formats.Files;

namespace Husai.Formats.Zip;

/// <summary>Reads the central directory of a zip archive, ZIP64 included (PKWARE APPNOTE 4.3).</summary>
/// <remarks>
/// Gives the positions of stored members, which the platform's own reader does not, and bounds what a damaged directory
/// can make it allocate.
/// </remarks>
internal static class ZipDirectory
{
    private const int MaximumLength = 4 << 20;
    private const int MaximumMembers = 20_000;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int EntryLength = 46;

    public static IReadOnlyList<ZipMember> Read(Stream stream, string path)
    {
        var (offset, length, count) = FindDirectory(stream, path);
        if (length > MaximumLength || count > MaximumMembers)
        {
            throw Damaged(
                path,
                $"its zip directory has {count} members in {length} bytes; at most {MaximumMembers} in {MaximumLength} are supported");
        }

        if (offset > stream.Length - length)
        {
            throw Damaged(path, "its zip directory lies outside the file");
        }

        stream.Position = offset;
        var directory = InputFile.ReadBytes(stream, path, length);
        var members = new List<ZipMember>((int)Math.Min(count, length / EntryLength));
        var names = new HashSet<string>(StringComparer.Ordinal);
        var rest = directory.AsSpan();
        for (var i = 0L; i < count; i++)
        {
            var member = ReadEntry(ref rest, path);
            if (!names.Add(member.Name))
            {
                throw Damaged(path, $"it holds '{member.Name}' twice");
            }

            members.Add(member);
        }

        return members;
    }

    private static (long Offset, long Length, long Count) FindDirectory(Stream stream, string path)
    {
        // The end record is the last thing in the file but for a comment of at most 65,535 bytes.
        var tailLength = Math.Min(stream.Length, EndLength + ushort.MaxValue);
        stream.Position = stream.Length - tailLength;
        var tail = InputFile.ReadBytes(stream, path, tailLength);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        while (at >= 0 && at + EndLength + (at + EndLength <= tail.Length ? U16(tail, at + 20) : 0) != tail.Length)
        {
            at = tail.AsSpan(0, at).LastIndexOf("PK\u0005\u0006"u8);
        }

        if (at < 0)
        {
            throw Damaged(path, "it has no zip directory: truncated, or not a zip file");
        }

        (long Offset, long Length, long Count) found = (U32(tail, at + 16), U32(tail, at + 12), U16(tail, at + 10));
        var locator = at - LocatorLength;
        var is64 = locator >= 0 && tail.AsSpan(locator).StartsWith("PK\u0006\u0007"u8)
            && (found.Offset == uint.MaxValue || found.Length == uint.MaxValue || found.Count == ushort.MaxValue);
        return is64 ? ReadEnd64(stream, path, U64(tail, locator + 8)) : found;
    }

    private static (long Offset, long Length, long Count) ReadEnd64(Stream stream, string path, long position)
    {
        if (position < 0 || position > stream.Length - End64Length)
        {
            throw Damaged(path, "its ZIP64 directory lies outside the file");
        }

        stream.Position = position;
        var end = InputFile.ReadBytes(stream, path, End64Length);
        (long Offset, long Length, long Count) found = (U64(end, 48), U64(end, 40), U64(end, 32));
        return !end.AsSpan().StartsWith("PK\u0006\u0006"u8) || found.Offset < 0 || found.Length < 0 || found.Count < 0
            ? throw Damaged(path, "its ZIP64 directory is damaged")
            : found;
    }

    private static ZipMember ReadEntry(ref Span<byte> rest, string path)
    {
        if (rest.Length < EntryLength || !rest.StartsWith("PK\u0001\u0002"u8))
        {
            throw Damaged(path, "its zip directory is damaged");
        }

        var nameLength = U16(rest, 28);
        var extraLength = U16(rest, 30);
        var total = EntryLength + nameLength + extraLength + U16(rest, 32);
        if (total > rest.Length)
        {
            throw Damaged(path, "its zip directory is damaged");
        }

        var name = Encoding.UTF8.GetString(rest.Slice(EntryLength, nameLength));
        long compressed = U32(rest, 20);
        long length = U32(rest, 24);
        long offset = U32(rest, 42);
        ReadExtra64(rest.Slice(EntryLength + nameLength, extraLength), ref length, ref compressed, ref offset);
        var member = new ZipMember(
            name, U16(rest, 10), (uint)U32(rest, 16), compressed, length, offset, IsEncrypted: (U16(rest, 8) & 1) != 0);
        rest = rest[total..];
        return compressed < 0 || length < 0 || offset < 0 ? throw Damaged(path, $"its member '{name}' is damaged") : member;
    }

    // Extra field 1 holds, in this order, those of the three numbers that do not fit into 32 bits.
    private static void ReadExtra64(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var size = Math.Min(U16(extra, 2), extra.Length - 4);
            if (U16(extra, 0) == 1)
            {
                var values = extra.Slice(4, size);
                Take(ref values, ref length);
                Take(ref values, ref compressed);
                Take(ref values, ref offset);
            }

            extra = extra[(4 + size)..];
        }

        static void Take(ref ReadOnlySpan<byte> values, ref long value)
        {
            if (value == uint.MaxValue && values.Length >= 8)
            {
                value = U64(values, 0);
                values = values[8..];
            }
        }
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static InvalidFileException Damaged(string path, string what) => new(path, $"cannot be read: {what}");
}
