using System.Runtime.Intrinsics;
using System.Text;

namespace Husai.Numerics.Randomness;

/// <summary>
/// A stream of random numbers that depends only on (seed, purpose, index) and the position in it, made by the counter-based
/// generator Philox 4x32-10 (Salmon et al. 2011, section 3.3). Streams can be opened in any order and on any thread.
/// </summary>
/// <remarks>
/// The key is the seed. The counter is, from its first word on: the position / 4 in 64 bits, the 32-bit FNV-1a hash of the
/// purpose in UTF-8, and the index. Word number (position mod 4) of the block is the number at that position.
/// One object is for one thread at a time.
/// </remarks>
internal sealed partial class RandomStream
{
    private readonly ulong _key;
    private readonly uint _purpose;
    private readonly uint _index;
    private Vector128<uint> _block;
    private ulong _blockNumber = ulong.MaxValue;

    /// <summary>Opens a stream at its start.</summary>
    /// <param name="seed">Root seed of the experiment.</param>
    /// <param name="purpose">What the numbers are for, such as "sae.initialisation"; other purposes give unrelated streams.</param>
    /// <param name="index">Number within the purpose, such as the epoch.</param>
    /// <exception cref="ArgumentNullException"><paramref name="purpose"/> is null.</exception>
    public RandomStream(ulong seed, string purpose, uint index = 0)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        _key = seed;
        _purpose = HashOf(purpose);
        _index = index;
    }

    private RandomStream(RandomStream stream, uint index, ulong position)
    {
        _key = stream._key;
        _purpose = stream._purpose;
        _index = index;
        Position = position;
    }

    /// <summary>Number of 32-bit words taken so far; set it to go on from a saved position.</summary>
    public ulong Position { get; set; }

    /// <summary>The same stream at another position, for another thread.</summary>
    /// <param name="position">Number of 32-bit words before it.</param>
    public RandomStream At(ulong position) => new(this, _index, position);

    /// <summary>The stream of the same seed and purpose with another index, at its start.</summary>
    /// <param name="index">Number within the purpose.</param>
    public RandomStream WithIndex(uint index) => new(this, index, position: 0);

    /// <summary>The next 32 random bits. Takes one word.</summary>
    public uint NextUInt32()
    {
        // A position has 64 bits, so that no block has this field's initial number.
        var block = Position / Philox4x32.WordsPerBlock;
        if (block != _blockNumber)
        {
            _block = Philox4x32.Block(Philox4x32.Counter(block, _purpose, _index), _key);
            _blockNumber = block;
        }

        return _block[(int)(Position++ % Philox4x32.WordsPerBlock)];
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-24. Takes one word.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1), a multiple of 2^-53. Takes two words, the less significant one first.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound), without bias (Lemire 2019, algorithm 5). Takes one word, seldom more.</summary>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var product = (ulong)NextUInt32() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            // Of the 2^32 words, 2^32 mod bound are too many: those whose product has the smallest lower halves.
            var surplus = (0u - (uint)bound) % (uint)bound;
            while ((uint)product < surplus)
            {
                product = (ulong)NextUInt32() * (uint)bound;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>
    /// Standard normal: the quantile (Wichura 1988, AS 241) of a uniform multiple of 2^-53 in (0, 1), so at most 8.3 from 0.
    /// Takes two words.
    /// </summary>
    public double NextNormal() => NormalQuantile.Of(Probability(Vector512.Create(NextUInt64()))).ToScalar();

    private ulong NextUInt64() => NextUInt32() | (ulong)NextUInt32() << 32;

    // An odd multiple of 2^-53: the upper 52 bits as the fraction of a number in [1, 2), moved to (0, 1). All steps are exact.
    private static Vector512<double> Probability(Vector512<ulong> bits)
    {
        var fraction = (Vector512.ShiftRightLogical(bits, 12) | Vector512.Create(0x3FF0000000000000UL)).AsDouble();
        return fraction - Vector512<double>.One + Vector512.Create(1.0 / (1UL << 53));
    }

    // FNV-1a (Fowler, Noll and Vo), 32 bits.
    internal static uint HashOf(string purpose)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(purpose))
        {
            hash = (hash ^ value) * 16777619u;
        }

        return hash;
    }
}
