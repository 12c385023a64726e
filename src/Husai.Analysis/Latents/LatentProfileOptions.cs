namespace Husai.Analysis.Latents;

/// <summary>What is looked for of each latent.</summary>
internal sealed record LatentProfileOptions
{
    /// <summary>Excerpts with the largest activations, each of another document.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Excerpts from as many quantiles of the activations, the lowest first.</summary>
    public int Samples { get; init; } = 5;

    /// <summary>Tokens of an excerpt on each side of the one that it is about.</summary>
    public int Context { get; init; } = 16;

    /// <summary>Seed of the samples.</summary>
    public ulong Seed { get; init; }
}
