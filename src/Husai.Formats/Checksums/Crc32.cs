namespace Husai.Formats;

/// <summary>The CRC-32 of zip, PNG and W&amp;B files (IEEE 802.3, reflected polynomial 0xEDB88320).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> data) => ~Append(uint.MaxValue, data);

    /// <summary>Continues a checksum; start with all ones and complement the end.</summary>
    public static uint Append(uint state, ReadOnlySpan<byte> data)
    {
        // Four bytes per round: table k advances a byte over k further zero bytes.
        while (data.Length >= 4)
        {
            state ^= data[0] | (uint)data[1] << 8 | (uint)data[2] << 16 | (uint)data[3] << 24;
            state = Table[768 + (byte)state] ^ Table[512 + (byte)(state >> 8)]
                ^ Table[256 + (byte)(state >> 16)] ^ Table[state >> 24];
            data = data[4..];
        }

        foreach (var value in data)
        {
            state = Table[(byte)state ^ value] ^ state >> 8;
        }

        return state;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[4 * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (uint)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = value >> 1 ^ ((value & 1) == 0 ? 0 : 0xEDB88320);
            }

            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
        {
            table[i] = table[(byte)table[i - 256]] ^ table[i - 256] >> 8;
        }

        return table;
    }
}
