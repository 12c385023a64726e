using System.Buffers.Binary;
using Husai.Numerics.Randomness;

namespace Husai.Formats.Fuzzing;

/// <summary>Damages valid inputs.</summary>
internal static class Mutator
{
    // Sizes and offsets at which arithmetic breaks.
    private static readonly long[] Numbers =
    [
        0, 1, 2, 4, 7, 8, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32,
        long.MaxValue, long.MinValue, -1, -2, long.MaxValue / 4, long.MaxValue / 8 + 1, 100_000_000, 1 << 24,
    ];

    private static readonly byte[][] Tokens =
    [
        [.. "18446744073709551615"u8], [.. "-1"u8], [.. "1e9"u8], [.. "\"\\ud800\""u8], [.. "[[[[[[[["u8], [.. "{\"a\":"u8],
        [.. "null"u8], [.. "'O'"u8], [.. "9223372036854775807,"u8], [.. "(0,)"u8], [.. "cos\nsystem\n"u8],
        [.. "cbuiltins\neval\n"u8], [.. "ctorch\nFloatStorage\n"u8], [.. "ccollections\nOrderedDict\n)R"u8], [.. "h\0h\0h\0h\0"u8],
        [.. "q\u0001h\u0001"u8], [.. "PK\u0001\u0002"u8], [.. "PK\u0005\u0006"u8], [.. "PK\u0006\u0006"u8], [0xFF, 0xFE, 0xC0, 0x80],
    ];

    public static byte[] Mutate(IReadOnlyList<byte[]> seeds, RandomStream random)
    {
        var bytes = new List<byte>(seeds[random.NextInt32(seeds.Count)]);

        // Mostly one change: after many, the first check that fails hides all others.
        var most = random.NextInt32(8) switch { 0 => 20, 1 or 2 => 3, _ => 1 };
        for (var rounds = 1 + random.NextInt32(most); rounds > 0; rounds--)
        {
            MutateOnce(bytes, seeds, random);
        }

        return [.. bytes];
    }

    private static void MutateOnce(List<byte> bytes, IReadOnlyList<byte[]> seeds, RandomStream random)
    {
        var at = bytes.Count == 0 ? 0 : random.NextInt32(bytes.Count);
        var length = Math.Min(1 + random.NextInt32(1 << random.NextInt32(8)), bytes.Count - at);
        switch (random.NextInt32(16))
        {
            case <= 3 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << random.NextInt32(8));
                break;
            case <= 6 when bytes.Count > 0:
                bytes[at] = (byte)random.NextUInt32();
                break;
            case 8:
                bytes.RemoveRange(at, length);
                break;
            case 9:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 10:
                bytes.InsertRange(at, Tokens[random.NextInt32(Tokens.Length)]);
                break;
            case 11:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 12:
                var other = seeds[random.NextInt32(seeds.Count)];
                var from = random.NextInt32(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(from + length, other.Length)]);
                break;
            default:
                PutNumber(bytes, at, random);
                break;
        }
    }

    // A telling number, as text or in 1, 2, 4 or 8 bytes.
    private static void PutNumber(List<byte> bytes, int at, RandomStream random)
    {
        var number = Numbers[random.NextInt32(Numbers.Length)];
        var encoded = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(encoded, number);
        var width = 1 << random.NextInt32(5);
        if (width == 16)
        {
            bytes.InsertRange(at, System.Text.Encoding.ASCII.GetBytes($"{number}"));
            return;
        }

        for (var i = 0; i < width && at + i < bytes.Count; i++)
        {
            bytes[at + i] = encoded[i];
        }
    }
}
