using Husai.Numerics.Randomness;

namespace Husai.Worlds.Sampling;

/// <summary>
/// The random numbers of one sample. Every feature has words of its own at a fixed place, so that it draws the same whether or not others
/// are asked: only what can fire need be looked at.
/// </summary>
/// <remarks>
/// From word 0 on: two for each factor. From 2^32 on: a byte for each feature without parent, in their order. From 2^33 on four words for
/// each feature: the lower 32 bits of its uniform number; its upper 8 (where it has a parent) and 24 of its priority among siblings; and
/// two for its magnitude.
/// </remarks>
internal sealed class SampleStream(RandomStream stream)
{
    /// <summary>Words of a feature.</summary>
    public const int WordsPerFeature = 4;

    private const ulong CoarseStart = 1UL << 32;
    private const ulong FeatureStart = 1UL << 33;
    private const double CoarseUnit = 1.0 / (1L << 40);
    private const double FineUnit = 1.0 / (1L << 52);

    /// <summary>Writes the factors.</summary>
    public void FillFactors(Span<float> factors)
    {
        stream.Position = 0;
        stream.FillNormal(factors);
    }

    /// <summary>Writes the upper 8 bits of the uniform numbers of some features without parent, four to a word.</summary>
    /// <param name="first">Position of the first among the features without parent, a multiple of 4.</param>
    /// <param name="bytes">Receives them.</param>
    public void FillCoarse(int first, Span<uint> bytes)
    {
        stream.Position = CoarseStart + (ulong)first / sizeof(uint);
        stream.FillBits(bytes);
    }

    /// <summary>Where the words of a feature are.</summary>
    public static ulong BlockOf(int feature) => FeatureStart / WordsPerFeature + (ulong)feature;

    /// <summary>Writes the words at some places.</summary>
    public void CopyBlocks(ReadOnlySpan<ulong> blocks, Span<uint> words) => stream.CopyBlocks(blocks, words);

    /// <summary>The uniform number in (0, 1), an odd multiple of 2^-41, that decides whether a feature fires.</summary>
    /// <param name="words">Of the feature.</param>
    /// <param name="coarse">Its upper 8 bits.</param>
    public static double Uniform(ReadOnlySpan<uint> words, byte coarse) => (((long)coarse << 32 | words[0]) + 0.5) * CoarseUnit;

    /// <summary>The upper 8 bits of the uniform number of a feature with a parent.</summary>
    public static byte Coarse(ReadOnlySpan<uint> words) => (byte)words[1];

    /// <summary>The uniform number in (0, 1), an odd multiple of 2^-53, whose normal quantile decides a feature's magnitude.</summary>
    public static double MagnitudeUniform(ReadOnlySpan<uint> words) =>
        (long)(((ulong)words[3] << 32 | words[2]) >> 12) * FineUnit + FineUnit / 2;

    /// <summary>Decides which of exclusive siblings survives: uniform in 24 bits.</summary>
    public static uint Priority(ReadOnlySpan<uint> words) => words[1] >> 8;
}
