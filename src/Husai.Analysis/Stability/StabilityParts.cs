namespace Husai.Analysis.Stability;

/// <summary>What is measured besides the similarity, its level of the same shape and kappa.</summary>
[Flags]
public enum StabilityParts
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>The level after turning within the principal directions of the activations, on which sentence 5 rests.</summary>
    Turned = 1,

    /// <summary>
    /// The levels that are printed beside: isotropic directions, neighbours within one dictionary, untrained dictionaries, directions drawn
    /// like the activations.
    /// </summary>
    References = 2,

    /// <summary>Shares of latents found again one to one, over thresholds.</summary>
    SharedFractions = 4,

    /// <summary>Overlaps of the subspaces that dictionaries span.</summary>
    Subspaces = 8,

    /// <summary>Each latent with its partners.</summary>
    PerLatent = 16,

    /// <summary>Distributions of best-match cosines.</summary>
    BestMatches = 32,

    /// <summary>Everything.</summary>
    All = Turned | References | SharedFractions | Subspaces | PerLatent | BestMatches,
}
