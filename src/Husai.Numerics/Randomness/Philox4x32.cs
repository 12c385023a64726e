using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics.Randomness;

/// <summary>
/// The counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3",
/// section 3.3): a keyed bijection of 128-bit counters, whose outputs for 0, 1, 2, ... are the random numbers.
/// </summary>
internal static class Philox4x32
{
    public const int WordsPerBlock = 4;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // Added to the key after each round: the fractions of the golden ratio and of the square root of 3.
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    private const int Lanes = 8;
    private const int WordsPerStride = Lanes * WordsPerBlock;

    /// <summary>The block of a counter; lane 0 is the first word of each.</summary>
    /// <param name="counter">128 bits.</param>
    /// <param name="key">64 bits, of which the lower half is the first word.</param>
    public static Vector128<uint> Block(Vector128<uint> counter, ulong key)
    {
        var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3]);
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += KeyStep0;
            k1 += KeyStep1;
        }

        return Vector128.Create(c0, c1, c2, c3);
    }

    /// <summary>The counter whose lower half is a block's number and whose upper half names the stream.</summary>
    public static Vector128<uint> Counter(ulong block, uint third, uint fourth) =>
        Vector128.Create((uint)block, (uint)(block >> 32), third, fourth);

    /// <summary>Writes the blocks of consecutive counters.</summary>
    /// <param name="words">Receives them; a multiple of four words.</param>
    /// <param name="key">As for <see cref="Block"/>.</param>
    /// <param name="block">Number of the first block.</param>
    /// <param name="third">Third word of every counter.</param>
    /// <param name="fourth">Fourth word of every counter.</param>
    public static void Fill(Span<uint> words, ulong key, ulong block, uint third, uint fourth)
    {
        // Integers are exact on every path: which one is taken decides speed only.
        if (Vector256.IsHardwareAccelerated)
        {
            for (; words.Length >= WordsPerStride; words = words[WordsPerStride..], block += Lanes)
            {
                FillStride(
                    words[..WordsPerStride], key, Vector512.Create(block) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7), third, fourth);
            }
        }

        for (; !words.IsEmpty; words = words[WordsPerBlock..], block++)
        {
            Block(Counter(block, third, fourth), key).CopyTo(words);
        }
    }

    /// <summary>Writes the blocks of counters in any order.</summary>
    /// <param name="words">Receives four words for each.</param>
    /// <param name="key">As for <see cref="Block"/>.</param>
    /// <param name="blocks">Numbers of the blocks.</param>
    /// <param name="third">Third word of every counter.</param>
    /// <param name="fourth">Fourth word of every counter.</param>
    public static void Fill(Span<uint> words, ulong key, ReadOnlySpan<ulong> blocks, uint third, uint fourth)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            for (; blocks.Length >= Lanes; words = words[WordsPerStride..], blocks = blocks[Lanes..])
            {
                FillStride(words[..WordsPerStride], key, Vector512.Create(blocks), third, fourth);
            }

            if (!blocks.IsEmpty)
            {
                // Eight at once take no longer than one.
                Span<ulong> lanes = stackalloc ulong[Lanes];
                Span<uint> stride = stackalloc uint[WordsPerStride];
                lanes.Clear();
                blocks.CopyTo(lanes);
                FillStride(stride, key, Vector512.Create<ulong>(lanes), third, fourth);
                stride[..(blocks.Length * WordsPerBlock)].CopyTo(words);
            }

            return;
        }

        for (; !blocks.IsEmpty; words = words[WordsPerBlock..], blocks = blocks[1..])
        {
            Block(Counter(blocks[0], third, fourth), key).CopyTo(words);
        }
    }

    // Eight blocks at once: a lane is a block, and each of the four vectors holds one 32-bit word of it in 64 bits.
    private static void FillStride(Span<uint> words, ulong key, Vector512<ulong> number, uint third, uint fourth)
    {
        var low = Vector512.Create((ulong)uint.MaxValue);
        var (c0, c1) = (number & low, Vector512.ShiftRightLogical(number, 32));
        var (c2, c3) = (Vector512.Create((ulong)third), Vector512.Create((ulong)fourth));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = Multiply(c0, Multiplier0);
            var p1 = Multiply(c2, Multiplier1);
            (c0, c1, c2, c3) = (
                Vector512.ShiftRightLogical(p1, 32) ^ c1 ^ Vector512.Create((ulong)k0), p1 & low,
                Vector512.ShiftRightLogical(p0, 32) ^ c3 ^ Vector512.Create((ulong)k1), p0 & low);
            k0 += KeyStep0;
            k1 += KeyStep1;
        }

        var first = c0 | Vector512.ShiftLeft(c1, 32);
        var second = c2 | Vector512.ShiftLeft(c3, 32);
        Store(first.GetLower(), second.GetLower(), words);
        Store(first.GetUpper(), second.GetUpper(), words[(WordsPerStride / 2)..]);
    }

    // The halves of four blocks, each block's side by side. In quarters of 256 bits, whose shuffle AVX2 has too.
    private static void Store(Vector256<ulong> first, Vector256<ulong> second, Span<uint> words)
    {
        var isFirst = Vector256.Create(ulong.MaxValue, 0, ulong.MaxValue, 0);
        var lower = Vector256.Create(0UL, 0, 1, 1);
        var upper = Vector256.Create(2UL, 2, 3, 3);
        Vector256.ConditionalSelect(isFirst, Vector256.Shuffle(first, lower), Vector256.Shuffle(second, lower)).AsUInt32().CopyTo(words);
        Vector256.ConditionalSelect(isFirst, Vector256.Shuffle(first, upper), Vector256.Shuffle(second, upper)).AsUInt32()
            .CopyTo(words[Vector256<uint>.Count..]);
    }

    /// <summary>32 x 32 to 64 bits in each lane; the upper half of a lane is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> values, uint multiplier)
    {
        var factor = Vector512.Create((ulong)multiplier);
        if (Avx512F.IsSupported)
        {
            return Avx512F.Multiply(values.AsUInt32(), factor.AsUInt32());
        }

        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.Multiply(values.GetLower().AsUInt32(), factor.GetLower().AsUInt32()),
                Avx2.Multiply(values.GetUpper().AsUInt32(), factor.GetUpper().AsUInt32()));
        }

        return values * factor;
    }
}
