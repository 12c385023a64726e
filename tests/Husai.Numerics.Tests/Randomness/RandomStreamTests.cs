using System.Runtime.Intrinsics;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Randomness;

[RunsOnEveryTier]
public sealed class RandomStreamTests
{
    [Theory]
    [InlineData("", 0x811c9dc5)]
    [InlineData("a", 0xe40c292c)]
    [InlineData("foobar", 0xbf9cf968)]
    public void The_purpose_is_hashed_by_fnv_1a(string purpose, uint expected) => Assert.Equal(expected, RandomStream.HashOf(purpose));

    [Fact]
    public void The_stream_is_philox_of_its_address()
    {
        const ulong seed = 0x0123456789abcdef;
        var stream = new RandomStream(seed, "a", 9) { Position = 4 * 0x1_0000_0005UL + 2 };

        var block = Philox4x32.Block(Vector128.Create(5, 1, 0xe40c292c, 9u), seed);
        Assert.Equal(block[2], stream.NextUInt32());
        Assert.Equal(block[3], stream.NextUInt32());
        Assert.Equal(Philox4x32.Block(Vector128.Create(6, 1, 0xe40c292c, 9u), seed)[0], stream.NextUInt32());
    }

    [Fact]
    public void Bits_are_the_words_one_at_a_time()
    {
        for (ulong start = 0; start < 5; start++)
        {
            for (var count = 0; count < 80; count += 7)
            {
                var words = new uint[count];
                var stream = new RandomStream(1, "bits") { Position = start };
                var single = new RandomStream(1, "bits") { Position = start };
                stream.FillBits(words);
                Assert.All(words, word => Assert.Equal(single.NextUInt32(), word));
                Assert.Equal(single.Position, stream.Position);
            }
        }
    }

    [Fact]
    public void Blocks_are_the_words_at_their_places_and_the_position_stays()
    {
        for (var count = 0; count < 20; count++)
        {
            var blocks = Enumerable.Range(0, count).Select(n => (ulong)n * 0x1_2345_6789UL % 1000).ToArray();
            var words = new uint[4 * count];
            var stream = new RandomStream(1, "blocks", 3) { Position = 7 };
            stream.CopyBlocks(blocks, words);
            Assert.Equal(7UL, stream.Position);
            for (var n = 0; n < words.Length; n++)
            {
                Assert.Equal(new RandomStream(1, "blocks", 3) { Position = (4 * blocks[n / 4]) + ((ulong)n % 4) }.NextUInt32(), words[n]);
            }
        }

        Assert.Throws<ArgumentException>(() => new RandomStream(1, "blocks").CopyBlocks([1, 2], new uint[7]));
    }

    [Fact]
    public void Another_index_is_another_stream_from_its_start()
    {
        var stream = new RandomStream(1, "index", 3);
        stream.NextUInt32();

        Assert.Equal(new RandomStream(1, "index", 9).NextUInt32(), stream.WithIndex(9).NextUInt32());
    }

    [Fact]
    public void A_saved_position_goes_on_where_it_was()
    {
        var stream = new RandomStream(1, "resume");
        for (var taken = 0; taken < 40; taken++)
        {
            var resumed = new RandomStream(1, "resume") { Position = stream.Position };
            Assert.Equal(Mixture(stream), Mixture(resumed));
            Assert.Equal(stream.Position, resumed.Position);
            stream.NextUInt32();
        }

        static double[] Mixture(RandomStream stream)
        {
            var values = new float[3];
            stream.FillNormal(values);
            return [stream.NextUInt32(), stream.NextDouble(), stream.NextNormal(), stream.NextInt32(5), .. values];
        }
    }

    [Fact]
    public void A_position_can_be_set_back()
    {
        var stream = new RandomStream(1, "rewind");
        var first = stream.NextUInt32();
        stream.NextNormal();
        stream.Position = 0;

        Assert.Equal(first, stream.NextUInt32());
    }

    [Fact]
    public void Streams_share_no_block()
    {
        var seen = new HashSet<(ulong, ulong)>();
        foreach (var seed in (ulong[])[0, 1, 1UL << 32, ulong.MaxValue])
        {
            foreach (var purpose in (string[])["", "a", "b", "ab", "sae.initialisation", "sae.order", "ä"])
            {
                for (var index = 0u; index < 20; index++)
                {
                    var stream = new RandomStream(seed, purpose, index);
                    for (var block = 0; block < 5; block++)
                    {
                        Assert.True(seen.Add((NextUInt64(stream), NextUInt64(stream))));
                    }
                }
            }
        }

        static ulong NextUInt64(RandomStream stream) => stream.NextUInt32() | (ulong)stream.NextUInt32() << 32;
    }

    [Fact]
    public void Each_number_takes_its_documented_words()
    {
        var stream = new RandomStream(1, "words");
        stream.NextUInt32();
        Assert.Equal(1UL, stream.Position);
        stream.NextSingle();
        Assert.Equal(2UL, stream.Position);
        stream.NextDouble();
        Assert.Equal(4UL, stream.Position);
        stream.NextNormal();
        Assert.Equal(6UL, stream.Position);
        stream.FillUniform(new float[5]);
        Assert.Equal(11UL, stream.Position);
        stream.FillNormal(new float[5]);
        Assert.Equal(21UL, stream.Position);
    }

    [Fact]
    public void Filling_gives_the_numbers_of_one_at_a_time()
    {
        for (var length = 0; length <= 130; length++)
        {
            for (var start = 0UL; start < 5; start++)
            {
                var (many, single) = (new RandomStream(3, "fill") { Position = start }, new RandomStream(3, "fill") { Position = start });
                var (uniform, normal) = (new float[length], new float[length]);
                many.FillUniform(uniform, -2f, 3f);
                many.FillNormal(normal, 0.5f, 0.02f);

                Bits.Equal(Enumerable.Range(0, length).Select(_ => -2f + 5f * single.NextSingle()).ToArray(), uniform);
                Bits.Equal(
                    Enumerable.Range(0, length).Select(_ => (float)((double)0.5f + (double)0.02f * single.NextNormal())).ToArray(), normal);
                Assert.Equal(single.Position, many.Position);
            }
        }
    }

    [Fact]
    public void Long_fills_are_continuous()
    {
        var (many, single) = (new RandomStream(3, "long") { Position = 3 }, new RandomStream(3, "long") { Position = 3 });
        var values = new float[2000];
        many.FillUniform(values);

        Bits.Equal(values.Select(_ => single.NextSingle()).ToArray(), values);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var stream = new RandomStream(1, "arguments");
        Assert.Throws<ArgumentNullException>(() => new RandomStream(1, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt32(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FillUniform(new float[1], 1f, 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FillUniform(new float[1], 0f, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FillUniform(new float[1], float.MinValue, float.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FillNormal(new float[1], 0f, -1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FillNormal(new float[1], float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Permutation(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Sample(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Sample(3, -1));
        Assert.Equal(0UL, stream.Position);
    }
}
