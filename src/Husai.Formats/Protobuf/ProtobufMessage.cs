using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Husai.Formats.Protobuf;

/// <summary>Builds one message in the protobuf wire format. Zeros and empty texts are left out, as proto3 does.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;
    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlySpan<byte> Bytes => _output.WrittenSpan;

    public ProtobufMessage Add(int field, long value)
    {
        if (value != 0)
        {
            PutTag(field, Varint);
            PutVarint((ulong)value);
        }

        return this;
    }

    public ProtobufMessage Add(int field, bool value) => Add(field, value ? 1 : 0);

    public ProtobufMessage Add(int field, double value)
    {
        if (BitConverter.DoubleToInt64Bits(value) != 0)
        {
            PutTag(field, Fixed64);
            BinaryPrimitives.WriteDoubleLittleEndian(_output.GetSpan(sizeof(double)), value);
            _output.Advance(sizeof(double));
        }

        return this;
    }

    public ProtobufMessage Add(int field, string? text) =>
        string.IsNullOrEmpty(text) ? this : AddBytes(field, Encoding.UTF8.GetBytes(text));

    public ProtobufMessage Add(int field, ProtobufMessage message) => AddBytes(field, message.Bytes);

    public ProtobufMessage Add(int field, DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return Add(field, new ProtobufMessage().Add(1, seconds).Add(2, rest * 100));
    }

    /// <summary>A number that is there even when it is zero: a member of a oneof.</summary>
    public ProtobufMessage AddAlways(int field, float value)
    {
        PutTag(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_output.GetSpan(sizeof(float)), value);
        _output.Advance(sizeof(float));
        return this;
    }

    public ProtobufMessage AddPacked(int field, ReadOnlySpan<double> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            return AddBytes(field, MemoryMarshal.AsBytes(values));
        }

        var bytes = new byte[values.Length * sizeof(double)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return AddBytes(field, bytes);
    }

    /// <summary>A field as another message holds it, tag and length included.</summary>
    public ProtobufMessage AddWhole(ReadOnlySpan<byte> field)
    {
        _output.Write(field);
        return this;
    }

    public ProtobufMessage AddBytes(int field, ReadOnlySpan<byte> bytes)
    {
        PutTag(field, LengthDelimited);
        PutVarint((ulong)bytes.Length);
        _output.Write(bytes);
        return this;
    }

    private void PutTag(int field, int wire) => PutVarint((ulong)(field << 3 | wire));

    private void PutVarint(ulong value)
    {
        var span = _output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        _output.Advance(length);
    }
}
