using Husai.Analysis.Causal;
using Husai.Analysis.Circuits;

namespace Husai.Analysis.Sites;

/// <summary>An SAE compared with the circuit of its site.</summary>
/// <param name="Recovery">Directions and functions.</param>
/// <param name="Splice">The model with the reconstruction in place of the activations.</param>
/// <param name="Ablations">The model without the latents of each plane; null when the site has no planes.</param>
/// <param name="Agreement">Whether three ways to give a latent a frequency agree; null where the unembedding does not read the site
/// alone.</param>
internal sealed record SaeAnalysis(RecoveryReport Recovery, SpliceResult Splice, GroupAblations? Ablations, FrequencyAgreement? Agreement)
{
    /// <summary>Turning the phases of the reconstruction's planes; null when no plane carries a wave of a + b.</summary>
    public Steering? Steering { get; init; }
}
