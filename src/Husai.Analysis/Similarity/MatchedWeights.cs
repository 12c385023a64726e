namespace Husai.Analysis.Similarity;

/// <summary>Which weights of a latent are compared.</summary>
public enum MatchedWeights
{
    /// <summary>Decoder rows.</summary>
    Decoder,

    /// <summary>Encoder rows.</summary>
    Encoder,

    /// <summary>
    /// Both, matched separately; a latent's value is the smaller of its two matched cosines (Paulo and Belrose 2025, section 3).
    /// </summary>
    Both,
}
