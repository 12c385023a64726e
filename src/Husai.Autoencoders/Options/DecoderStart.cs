namespace Husai.Autoencoders.Options;

/// <summary>Directions of the decoder's rows before the first step; each depends on the seed.</summary>
public enum DecoderStart
{
    /// <summary>Uniformly random directions.</summary>
    Random,

    /// <summary>Directions from the decoder bias to rows of the activations, drawn without repetition as far as there are enough.</summary>
    DataPoints,

    /// <summary>Directions from the decoder bias to the centroids of k-means, with one cluster for each latent.</summary>
    KMeans,

    /// <summary>
    /// Random directions within the span of the principal directions that hold 99% of the variance, after the start in the active subspace
    /// of arXiv:2508.16929, of which we read the abstract only.
    /// </summary>
    ActiveSubspace,

    /// <summary>
    /// Coordinates uniform in a cube, then brought to length 1, as in the original project: the best of many cosines between two such
    /// decoders is .001 higher than between random directions (1024 rows of 128).
    /// </summary>
    Uniform,
}
