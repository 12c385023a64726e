using System.Buffers.Binary;
using System.Text;

namespace Husai.Formats.Protobuf;

/// <summary>Reads one message in the protobuf wire format field by field, in place.</summary>
/// <param name="message">The message's bytes.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;
    private ReadOnlySpan<byte> _rest = message;
    private int _wire;

    /// <summary>Number of the field read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its number: a varint, or the bits of a fixed one; 0 for other fields.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its bytes: a text, a message, packed numbers; empty for numbers.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The whole field as it stands in the message, tag and length included.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>Its bytes as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var start = _rest;
        var tag = TakeVarint();
        (Field, _wire, Number) = (tag >> 3 is > 0 and <= int.MaxValue ? (int)(tag >> 3) : throw Damaged(), (int)(tag & 7), 0);
        Bytes = default;
        switch (_wire)
        {
            case Varint:
                Number = TakeVarint();
                break;
            case Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            case LengthDelimited:
                Bytes = Take(TakeVarint());
                break;
            default:
                throw Damaged();
        }

        Whole = start[..^_rest.Length];
        return true;
    }

    /// <summary>Adds the field's numbers to a list: one, or those of a packed field.</summary>
    public readonly void AddNumbers(List<long> numbers)
    {
        if (_wire != LengthDelimited)
        {
            numbers.Add((long)Number);
            return;
        }

        var packed = new ProtobufReader(Bytes);
        while (!packed._rest.IsEmpty)
        {
            numbers.Add((long)packed.TakeVarint());
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw Damaged();
        }

        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    private ulong TakeVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("a damaged protobuf message");
}
