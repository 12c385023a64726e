using Google.Protobuf;

namespace Husai.Formats.Fuzzing;

/// <summary>The fields of a message as Google's own reader sees them: an independent view of what we write.</summary>
internal sealed class ProtobufFields
{
    private readonly List<(int Field, object Value)> _fields = [];

    public ProtobufFields(byte[] message)
    {
        var input = new CodedInputStream(message);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            _fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadInt64(),
                WireFormat.WireType.Fixed64 => input.ReadDouble(),
                WireFormat.WireType.Fixed32 => input.ReadFloat(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"wire type {other}"),
            }));
        }
    }

    public IEnumerable<int> Numbers => _fields.Select(entry => entry.Field);

    public bool Has(int field) => Numbers.Contains(field);

    public long Integer(int field) => Has(field) ? (long)Value(field) : 0;

    public double Double(int field) => Has(field) ? (double)Value(field) : 0;

    public float Single(int field) => (float)Value(field);

    public string Text(int field) => Has(field) ? System.Text.Encoding.UTF8.GetString(Bytes(field)) : "";

    public double[] Packed(int field) => [.. Bytes(field).Chunk(8).Select(chunk => BitConverter.ToDouble(chunk))];

    public ProtobufFields Message(int field) => new(Bytes(field));

    public IEnumerable<ProtobufFields> Messages(int field) =>
        _fields.Where(entry => entry.Field == field).Select(entry => new ProtobufFields((byte[])entry.Value));

    private byte[] Bytes(int field) => (byte[])Value(field);

    private object Value(int field) => _fields.Single(entry => entry.Field == field).Value;
}
