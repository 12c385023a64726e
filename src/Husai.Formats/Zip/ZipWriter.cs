using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Husai.Formats.Zip;

/// <summary>Writes zip archives of stored members: the same members give the same bytes on every platform.</summary>
internal sealed class ZipWriter(Stream stream)
{
    // 1980-01-01, the first date that zip has, and the one that NumPy writes.
    private const uint Date = 0x0021_0000;
    private const int Utf8Names = 0x800;
    private readonly ArrayBufferWriter<byte> _directory = new();
    private long _count;
    private long _position;

    /// <summary>Adds a member given in pieces.</summary>
    /// <param name="name">Its name, with forward slashes.</param>
    /// <param name="alignment">The file offset of its first byte is a multiple of this; PyTorch maps files and wants 64.</param>
    /// <param name="pieces">The content.</param>
    public void Add(string name, int alignment, params ReadOnlySpan<ReadOnlyMemory<byte>> pieces)
    {
        var length = 0L;
        var checksum = new System.IO.Hashing.Crc32();
        foreach (var piece in pieces)
        {
            length += piece.Length;
            checksum.Append(piece.Span);
        }

        if (length >= uint.MaxValue)
        {
            throw new ArgumentException($"member '{name}' of {length} bytes is too long for this writer", nameof(pieces));
        }

        var encoded = Encoding.UTF8.GetBytes(name);
        var padding = Padding(_position + 30 + encoded.Length, alignment);
        Span<byte> common = stackalloc byte[26];
        Fill(common, encoded.Length, padding.Length, (uint)length, checksum.GetCurrentHashAsUInt32());
        WriteEntry(common, encoded);
        stream.Write("PK\u0003\u0004"u8);
        stream.Write(common);
        stream.Write(encoded);
        stream.Write(padding);
        foreach (var piece in pieces)
        {
            stream.Write(piece.Span);
        }

        _position += 30 + encoded.Length + padding.Length + length;
        _count++;
    }

    /// <summary>Writes the directory; nothing may be added after it.</summary>
    public void Finish()
    {
        var length = (long)_directory.WrittenCount;
        stream.Write(_directory.WrittenSpan);
        var is64 = _position >= uint.MaxValue || _count >= ushort.MaxValue;
        if (is64)
        {
            WriteEnd64(length);
        }

        Span<byte> end = stackalloc byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], is64 ? ushort.MaxValue : (ushort)_count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], is64 ? ushort.MaxValue : (ushort)_count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], is64 ? uint.MaxValue : (uint)_position);
        stream.Write(end);
    }

    // The 26 bytes that a local header and a directory entry share.
    private static void Fill(Span<byte> common, int nameLength, int extraLength, uint length, uint checksum)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(common, 45);
        BinaryPrimitives.WriteUInt16LittleEndian(common[2..], Utf8Names);
        BinaryPrimitives.WriteUInt32LittleEndian(common[6..], Date);
        BinaryPrimitives.WriteUInt32LittleEndian(common[10..], checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(common[14..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(common[18..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(common[22..], (ushort)nameLength);
        BinaryPrimitives.WriteUInt16LittleEndian(common[24..], (ushort)extraLength);
    }

    private void WriteEntry(ReadOnlySpan<byte> common, ReadOnlySpan<byte> name)
    {
        var is64 = _position >= uint.MaxValue;
        Span<byte> entry = stackalloc byte[46];
        "PK\u0001\u0002"u8.CopyTo(entry);
        entry[4] = 45;
        common.CopyTo(entry[6..]);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[30..], (ushort)(is64 ? 12 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(entry[42..], is64 ? uint.MaxValue : (uint)_position);
        _directory.Write(entry);
        _directory.Write(name);
        if (is64)
        {
            Span<byte> extra = stackalloc byte[12];
            extra[0] = 1;
            extra[2] = 8;
            BinaryPrimitives.WriteInt64LittleEndian(extra[4..], _position);
            _directory.Write(extra);
        }
    }

    private void WriteEnd64(long length)
    {
        Span<byte> end = stackalloc byte[76];
        "PK\u0006\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteInt64LittleEndian(end[4..], 44);
        end[12] = 45;
        end[14] = 45;
        BinaryPrimitives.WriteInt64LittleEndian(end[24..], _count);
        BinaryPrimitives.WriteInt64LittleEndian(end[32..], _count);
        BinaryPrimitives.WriteInt64LittleEndian(end[40..], length);
        BinaryPrimitives.WriteInt64LittleEndian(end[48..], _position);
        "PK\u0006\u0007"u8.CopyTo(end[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(end[64..], _position + length);
        end[72] = 1;
        stream.Write(end);
    }

    // An extra field of PyTorch's own kind ("FB", filled with Z) that pushes the data to the boundary.
    private static byte[] Padding(long dataStart, int alignment)
    {
        if (alignment <= 1 || dataStart % alignment == 0)
        {
            return [];
        }

        var length = (int)(alignment - (dataStart + 4) % alignment) % alignment;
        var extra = new byte[4 + length];
        extra.AsSpan().Fill((byte)'Z');
        "FB"u8.CopyTo(extra);
        BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), (ushort)length);
        return extra;
    }
}
