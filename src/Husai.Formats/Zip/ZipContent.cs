using System.Buffers.Binary;
using System.IO.Compression;
using Husai.Formats.Checksums;
using Husai.Formats.Files;

namespace Husai.Formats.Zip;

/// <summary>Finds and reads the content of zip members.</summary>
internal static class ZipContent
{
    private const int HeaderLength = 30;

    /// <summary>Where a member's bytes start; checked to lie inside the file as a whole.</summary>
    public static long FindData(Stream stream, string path, ZipMember member)
    {
        if (member.IsEncrypted)
        {
            throw new InvalidFileException(path, $"member '{member.Name}' is encrypted");
        }

        if (member.HeaderOffset <= stream.Length - HeaderLength)
        {
            stream.Position = member.HeaderOffset;
            var header = InputFile.ReadBytes(stream, path, HeaderLength).AsSpan();
            var start = member.HeaderOffset + HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            if (header.StartsWith("PK\u0003\u0004"u8) && member.CompressedLength <= stream.Length - start)
            {
                return start;
            }
        }

        throw new InvalidFileException(path, $"member '{member.Name}' lies outside the file: truncated?");
    }

    /// <summary>Where the bytes of a member start that is stored as it is, not compressed.</summary>
    public static long FindStored(Stream stream, string path, ZipMember member) =>
        member.Method != ZipMember.Stored || member.Length != member.CompressedLength
            ? throw new InvalidFileException(path, $"member '{member.Name}' is compressed; store it uncompressed")
            : FindData(stream, path, member);

    /// <summary>The content of a stored or deflated member, with its checksum checked.</summary>
    public static byte[] Read(Stream stream, string path, ZipMember member)
    {
        stream.Position = FindData(stream, path, member);
        var content = member.Method switch
        {
            ZipMember.Stored when member.Length == member.CompressedLength =>
                InputFile.ReadBytes(stream, path, member.Length),
            ZipMember.Deflated => Inflate(stream, path, member),
            _ => throw new InvalidFileException(
                path, $"member '{member.Name}' is compressed by method {member.Method}; only stored and deflated are supported"),
        };
        return Crc32.Of(content) == member.Checksum
            ? content
            : throw new InvalidFileException(path, $"member '{member.Name}' fails its checksum: the file is damaged");
    }

    private static byte[] Inflate(Stream stream, string path, ZipMember member)
    {
        // Deflate makes at most 1032 bytes of one: a larger claim is false, and nothing is allocated for it.
        if (member.Length / 1032 > member.CompressedLength)
        {
            throw new InvalidFileException(path, $"member '{member.Name}' claims more bytes than it can hold");
        }

        try
        {
            using var inflated = new DeflateStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return InputFile.ReadBytes(inflated, path, member.Length);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidFileException(path, $"member '{member.Name}' is damaged", error);
        }
    }
}
