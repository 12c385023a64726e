using System.Buffers;
using System.Buffers.Binary;
using Husai.Formats.Checksums;

namespace Husai.Formats.Wandb;

/// <summary>
/// The transaction log of a W&amp;B run: a LevelDB log with a header of its own and plain CRC-32 checksums
/// (wandb/sdk/internal/datastore.py).
/// </summary>
internal sealed class WandbLog : IDisposable
{
    public const int BlockLength = 32768;
    public const int ChunkHeaderLength = 7;

    // ":W&B", the number 0xBEE1 and the version 0.
    private static ReadOnlySpan<byte> FileHeader => [0x3A, 0x57, 0x26, 0x42, 0xE1, 0xBE, 0x00];

    private readonly Stream _file;
    private long _position;

    /// <summary>Begins a log in an empty file, which it closes with itself.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public WandbLog(Stream file)
    {
        _file = file;
        _file.Write(FileHeader);
        _position = FileHeader.Length;
    }

    private enum ChunkType : byte
    {
        Full = 1,
        First = 2,
        Middle = 3,
        Last = 4,
    }

    public void Write(ReadOnlySpan<byte> record)
    {
        var output = new ArrayBufferWriter<byte>(record.Length + 2 * ChunkHeaderLength);
        var isFirst = true;
        var isLast = false;
        while (!isLast)
        {
            var left = BlockLength - (int)((_position + output.WrittenCount) % BlockLength);
            if (left < ChunkHeaderLength)
            {
                output.GetSpan(left)[..left].Clear();
                output.Advance(left);
                left = BlockLength;
            }

            var length = Math.Min(record.Length, left - ChunkHeaderLength);
            isLast = length == record.Length;
            var type = isFirst ? isLast ? ChunkType.Full : ChunkType.First : isLast ? ChunkType.Last : ChunkType.Middle;
            WriteChunk(output, type, record[..length]);
            record = record[length..];
            isFirst = false;
        }

        _file.Write(output.WrittenSpan);
        _position += output.WrittenCount;
    }

    public void Dispose() => _file.Dispose();

    private static void WriteChunk(ArrayBufferWriter<byte> output, ChunkType type, ReadOnlySpan<byte> data)
    {
        var header = output.GetSpan(ChunkHeaderLength);
        header[6] = (byte)type;
        var checksum = Crc32.Of(header.Slice(6, 1), data);
        BinaryPrimitives.WriteUInt32LittleEndian(header, checksum);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)data.Length);
        output.Advance(ChunkHeaderLength);
        output.Write(data);
    }
}
