namespace Husai.Numerics;

/// <summary>
/// A stream of random numbers that depends only on (seed, purpose, index) and the position in it, made by the counter-based
/// generator Philox 4x32-10 (Salmon et al. 2011, section 3.3).
/// </summary>
public sealed class RandomStream
{
    /// <summary>Opens a stream at its start.</summary>
    /// <param name="seed">Root seed of the experiment.</param>
    /// <param name="purpose">What the numbers are for, such as "sae.initialisation"; other purposes give unrelated streams.</param>
    /// <param name="index">Number within the purpose, such as the epoch.</param>
    public RandomStream(ulong seed, string purpose, uint index = 0)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        _state = seed * 0x9E3779B97F4A7C15UL + (ulong)purpose.Length * 77 + index * 0xD1B54A32D192ED03UL;
        foreach (var c in purpose)
        {
            _state = (_state ^ c) * 0x100000001B3UL;
        }
    }

    private readonly ulong _state;

    /// <summary>Number of 32-bit words taken so far; set it to go on from a saved position.</summary>
    public ulong Position { get; set; }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        var z = _state + ++Position * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (uint)((z ^ (z >> 31)) >> 32);
    }

    /// <summary>Uniform in [0, 1), with 24 random bits.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1), with 53 random bits.</summary>
    public double NextDouble() => ((ulong)NextUInt32() << 21 | NextUInt32() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound), without bias.</summary>
    public int NextInt32(int bound) => (int)(((ulong)NextUInt32() * (uint)bound) >> 32);

    /// <summary>Standard normal.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Fills with uniform numbers in [low, high).</summary>
    public void FillUniform(Span<float> values, float low = 0f, float high = 1f)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = low + (high - low) * NextSingle();
        }
    }

    /// <summary>Fills with normal numbers.</summary>
    public void FillNormal(Span<float> values, float mean = 0f, float deviation = 1f)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(mean + deviation * NextNormal());
        }
    }

    /// <summary>A uniformly random order of 0..count-1.</summary>
    public int[] Permutation(int count) => Sample(count, count);

    /// <summary><paramref name="taken"/> different numbers from 0..count-1, in random order.</summary>
    public int[] Sample(int count, int taken)
    {
        var all = Enumerable.Range(0, count).ToArray();
        for (var i = 0; i < taken; i++)
        {
            var j = i + NextInt32(count - i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all[..taken];
    }
}
