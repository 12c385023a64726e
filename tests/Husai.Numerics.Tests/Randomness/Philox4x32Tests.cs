using System.Runtime.Intrinsics;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Randomness;

[RunsOnEveryTier]
public sealed class Philox4x32Tests
{
    // The known answers that come with Random123 (kat_vectors, philox4x32 with 10 rounds).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void The_published_vectors_come_out(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal(Vector128.Create(x0, x1, x2, x3), Philox4x32.Block(Vector128.Create(c0, c1, c2, c3), k0 | (ulong)k1 << 32));

    [Theory]
    [InlineData(0UL)]
    [InlineData(0xFFFFFFFAUL)]
    public void Many_blocks_are_the_same_as_one_at_a_time(ulong first)
    {
        const ulong key = 0x299f31d0a4093822;
        for (var blocks = 0; blocks <= 20; blocks++)
        {
            var words = new uint[blocks * Philox4x32.WordsPerBlock];
            Philox4x32.Fill(words, key, first, 0xFFFFFFFF, 7);

            for (var block = 0; block < blocks; block++)
            {
                Assert.Equal(
                    Philox4x32.Block(Philox4x32.Counter(first + (ulong)block, 0xFFFFFFFF, 7), key),
                    Vector128.Create<uint>(words.AsSpan(block * Philox4x32.WordsPerBlock)));
            }
        }
    }
}
