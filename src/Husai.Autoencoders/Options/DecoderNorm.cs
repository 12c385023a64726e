namespace Husai.Autoencoders.Options;

/// <summary>How long decoder rows are.</summary>
public enum DecoderNorm
{
    /// <summary>Length 1 at the start and after every step (Bricken et al. 2023).</summary>
    Unit,

    /// <summary>
    /// Whatever training makes of them. They start uniform in ±sqrt(6 / latents), so that a sum over all latents has the deviation of one
    /// latent's values (He et al. 2015, arXiv:1502.01852, section 2.2): rows of a norm near sqrt(2 width / latents). With
    /// <see cref="SaeOptions.DecoderStartNorm"/> all start with that length, in the directions of <see cref="SaeOptions.DecoderStart"/>.
    /// </summary>
    Free,
}
