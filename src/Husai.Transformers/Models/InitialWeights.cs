namespace Husai.Transformers.Models;

/// <summary>How a transformer's matrices start; biases start at 0, gains at 1.</summary>
internal enum InitialWeights
{
    /// <summary>
    /// As in the code of Nanda et al. 2023: normal with deviation 1 / sqrt(d_model), the unembedding with 1 / sqrt(d_vocab).
    /// </summary>
    Nanda,

    /// <summary>The default of TransformerLens: normal with deviation 0.8 / sqrt(d_model), the unembedding too.</summary>
    TransformerLens,
}
