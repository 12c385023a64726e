using Husai.Autoencoders.Architectures;

namespace Husai.Autoencoders.Options;

/// <summary>
/// What the protocol of SynthSAEBench (Chanin and Garriga-Alonso, arXiv 2602.14687) has for a training method, where it differs from method
/// to method. Its arithmetic in bfloat16 is left out: all is in single precision.
/// </summary>
internal static class SynthSaeProtocol
{
    /// <summary>Largest norm of the gradient of all parameters together.</summary>
    public const double GradientClipNorm = 1;

    /// <summary>Steps without firing after which a latent counts as dead: more than a thousand.</summary>
    public const long DeadAfterSteps = 1001;

    /// <summary>Length of the decoder's rows at the start.</summary>
    public static double DecoderStartNorm(TrainingMethod method) => method switch
    {
        JumpReluMethod => 0.5,
        MatchingPursuitMethod => 1,
        _ => 0.1,
    };

    /// <summary>What the loss has for dead latents: something only where k latents are chosen out of all pre-activations.</summary>
    public static AuxiliaryLoss Auxiliary(TrainingMethod method) =>
        method.SelectsByK && method is not MatchingPursuitMethod ? AuxiliaryLoss.SaeLens : AuxiliaryLoss.None;

    /// <summary>Share of the steps over which the penalty rises, and from which its weight is steered.</summary>
    public static double SparsityWarmUpFraction(TrainingMethod method) => method is ReluMethod ? 1.0 / 3 : 0;

    /// <summary>Scaling of the inputs.</summary>
    public static string InputScaling(TrainingMethod method) => method is JumpReluMethod ? "norm" : "none";
}
