namespace Husai.Analysis.Verdicts;

/// <summary>What is known of the activations that latents can be compared with.</summary>
public enum KnownTruth
{
    /// <summary>Nothing: activations of a network of which no circuit is known.</summary>
    None,

    /// <summary>The circuit of a transformer.</summary>
    Circuit,

    /// <summary>The features of a synthetic world.</summary>
    Features,
}
