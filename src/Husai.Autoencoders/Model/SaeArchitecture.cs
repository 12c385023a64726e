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
}
