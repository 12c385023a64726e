using Husai.Analysis.Matching;

namespace Husai.Analysis.Functional;

/// <summary>How the functions of latents are compared.</summary>
public sealed record FunctionOptions
{
    /// <summary>Firing latents of an SAE up to which every matcher can pair them: of more there is no matrix of all pairs.</summary>
    public const int MostWholeLatents = HungarianMatcher.LargestMatrixSide;

    /// <summary>A hard negative fires at most this factor more or less often than the match.</summary>
    public double FiringRateFactor { get; init; } = 1.5;

    /// <summary>
    /// How latents are paired, without repetition; null for all ways. Where more than <see cref="MostWholeLatents"/> latents of an SAE
    /// fire, only <see cref="FunctionMatcher.NearestDecoder"/>, <see cref="FunctionMatcher.HungarianDecoder"/>,
    /// <see cref="FunctionMatcher.MutualDecoder"/> and <see cref="FunctionMatcher.NearestActivation"/> can be had, and null means these but
    /// for the second, which takes several times as long as all else.
    /// </summary>
    public IReadOnlyList<FunctionMatcher>? Matchers { get; init; }

    /// <summary>Rows of activations to use at most; a random sample of more.</summary>
    public int MostRows { get; init; } = 1 << 14;

    /// <summary>Seed of that sample.</summary>
    public ulong Seed { get; init; }

    /// <summary>Confidence of the intervals over seeds, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>As <see cref="MostWholeLatents"/>, for tests that want the other way for less.</summary>
    internal int MostWhole { get; init; } = MostWholeLatents;
}
