using Husai.Analysis.Options;

namespace Husai.Analysis.Similarity;

/// <summary>How the latents of two dictionaries are paired.</summary>
public enum Matcher
{
    /// <summary>Each latent takes its best partner, in both directions; partners may be shared.</summary>
    [OptionName("max", "maximum")]
    Maximum,

    /// <summary>
    /// One to one, with the largest possible sum (the assignment problem); as many pairs as the smaller dictionary has latents.
    /// </summary>
    Hungarian,

    /// <summary>Pairs in which each is the other's best; the rest stays alone.</summary>
    [OptionName("mutual-nn", "mutual_nearest")]
    MutualNearest,

    /// <summary>One to one, always the most similar pair that is left.</summary>
    Greedy,
}
