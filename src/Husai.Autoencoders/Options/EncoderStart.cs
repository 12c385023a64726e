namespace Husai.Autoencoders.Options;

/// <summary>How the encoder starts.</summary>
public enum EncoderStart
{
    /// <summary>Each row equals its decoder row (Gao et al. 2024, appendix A.1).</summary>
    Tied,

    /// <summary>
    /// Uniform in ±sqrt(6 / width), independent of the decoder (He et al. 2015, arXiv:1502.01852, section 2.2): rows of a norm near
    /// sqrt(2).
    /// </summary>
    Kaiming,
}
