namespace Husai.Autoencoders.Model;

/// <summary>How an SAE turns pre-activations into a sparse code when it is used. Several training methods end in the same one.</summary>
public enum SaeArchitecture
{
    /// <summary>max(p, 0).</summary>
    Standard,

    /// <summary>The k largest pre-activations of each row, negative ones cut to 0 (Gao et al. 2024, section 2.3).</summary>
    TopK,

    /// <summary>
    /// p where it exceeds the latent's threshold, else 0 (Rajamanoharan et al. 2024b, section 3). BatchTopK and Matryoshka end here.
    /// </summary>
    JumpRelu,

    /// <summary>A gate decides whether a latent fires, a rescaled copy of it how much (Rajamanoharan et al. 2024a, section 3.2).</summary>
    Gated,

    /// <summary>
    /// k times, the latent whose row has the largest inner product with what is left of the input takes it as value (Mallat and Zhang
    /// 1993); encoder and decoder are the same rows.
    /// </summary>
    MatchingPursuit,
}
