namespace Husai.Analysis.Functional;

/// <summary>How the functions of latents are compared.</summary>
public sealed record FunctionOptions
{
    /// <summary>A hard negative fires at most this factor more or less often than the match.</summary>
    public double FiringRateFactor { get; init; } = 1.5;

    /// <summary>Rows of activations to use at most; a random sample of more.</summary>
    public int MostRows { get; init; } = 1 << 14;

    /// <summary>Seed of that sample.</summary>
    public ulong Seed { get; init; }

    /// <summary>Confidence of the intervals over seeds, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;
}
