using System.Buffers;
using System.Buffers.Binary;

namespace Husai.Formats.Images;

/// <summary>
/// A small zlib compressor (RFC 1950, RFC 1951): greedy matches and the fixed Huffman codes. The platform's own is faster and
/// packs tighter, but its bytes depend on the processor and on the version of the runtime.
/// </summary>
internal static class Zlib
{
    private const int MinimumMatch = 3;
    private const int MaximumMatch = 258;
    private const int Window = 32768;
    private const int EndOfBlock = 256;

    // Of the hash of three bytes.
    private const int Places = 1 << 15;

    private static readonly int[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly int[] DistanceBase =
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
        8193, 12289, 16385, 24577,
    ];

    public static byte[] Compress(ReadOnlySpan<byte> data)
    {
        var output = new DeflateBits();

        // One final block with the fixed codes.
        output.Put(0b011, 3);

        // Rented: the first touch of fresh memory takes as long as all the rest.
        var rented = ArrayPool<int>.Shared.Rent(Places);
        var last = rented.AsSpan(0, Places);
        last.Fill(-1);
        var at = 0;
        while (at < data.Length)
        {
            var length = 0;
            var distance = 0;
            if (at + MinimumMatch <= data.Length)
            {
                var hash = (data[at] << 7 ^ data[at + 1] << 4 ^ data[at + 2] * 0x9E5) & (Places - 1);
                var candidate = last[hash];
                last[hash] = at;
                if (candidate >= 0 && at - candidate <= Window)
                {
                    var most = Math.Min(MaximumMatch, data.Length - at);
                    length = data.Slice(candidate, most).CommonPrefixLength(data.Slice(at, most));
                    distance = at - candidate;
                }
            }

            if (length < MinimumMatch)
            {
                PutLiteral(output, data[at]);
                at++;
            }
            else
            {
                PutMatch(output, length, distance);
                at += length;
            }
        }

        ArrayPool<int>.Shared.Return(rented);
        PutLiteral(output, EndOfBlock);
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Adler32(data));
        return [0x78, 0x01, .. output.Finish(), .. checksum];
    }

    private static void PutMatch(DeflateBits output, int length, int distance)
    {
        var symbol = Floor(LengthBase, length);
        PutLiteral(output, 257 + symbol);
        output.Put(length - LengthBase[symbol], symbol is < 8 or 28 ? 0 : symbol / 4 - 1);
        symbol = Floor(DistanceBase, distance);
        output.PutReversed(symbol, 5);
        output.Put(distance - DistanceBase[symbol], symbol < 4 ? 0 : symbol / 2 - 1);
    }

    // RFC 1951, 3.2.6.
    private static void PutLiteral(DeflateBits output, int symbol)
    {
        switch (symbol)
        {
            case < 144:
                output.PutReversed(0x30 + symbol, 8);
                break;
            case < 256:
                output.PutReversed(0x190 + symbol - 144, 9);
                break;
            case < 280:
                output.PutReversed(symbol - 256, 7);
                break;
            default:
                output.PutReversed(0xC0 + symbol - 280, 8);
                break;
        }
    }

    private static int Floor(int[] bases, int value)
    {
        var found = Array.BinarySearch(bases, value);
        return found >= 0 ? found : ~found - 1;
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        const uint modulus = 65521;

        // The longest run after which b, with a and b below the modulus before it, still fits into 32 bits.
        const int longest = 5552;
        var (a, b) = (1u, 0u);
        while (!data.IsEmpty)
        {
            var run = data[..Math.Min(longest, data.Length)];
            foreach (var value in run)
            {
                a += value;
                b += a;
            }

            (a, b) = (a % modulus, b % modulus);
            data = data[run.Length..];
        }

        return b << 16 | a;
    }
}
