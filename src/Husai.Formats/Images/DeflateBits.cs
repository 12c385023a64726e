namespace Husai.Formats.Images;

/// <summary>Packs bits from the least significant bit of each byte, as deflate does.</summary>
internal sealed class DeflateBits
{
    private readonly List<byte> _bytes = [];
    private ulong _pending;
    private int _count;

    public void Put(int value, int bits)
    {
        _pending |= (ulong)(uint)value << _count;
        for (_count += bits; _count >= 8; _count -= 8)
        {
            _bytes.Add((byte)_pending);
            _pending >>= 8;
        }
    }

    /// <summary>Huffman codes go in from their most significant bit.</summary>
    public void PutReversed(int code, int bits)
    {
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            Put(code >> bit & 1, 1);
        }
    }

    /// <summary>The bytes, the last one filled up with zeros.</summary>
    public List<byte> Finish()
    {
        Put(0, (8 - _count) % 8);
        return _bytes;
    }
}
