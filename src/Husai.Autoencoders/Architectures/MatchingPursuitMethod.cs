using System.ComponentModel.DataAnnotations;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// Matching pursuit (Mallat and Zhang 1993, with encoder and decoder the same rows): k times, the latent whose row has the largest inner
/// product with what is left of the input takes that product as value. Trained by <see cref="PursuitEngine"/>.
/// </summary>
internal sealed class MatchingPursuitMethod : TrainingMethod
{
    public override string Name => "matching_pursuit";

    public override SparsityKind Sparsity => SparsityKind.Selection;

    // The products of all pairs of latents cost several times the encoder's.
    internal override double OperationsOfStep => 16;

    internal override bool ChoosesByPreActivation => false;

    internal override double AuxCoefficient => 0;

    internal override ITrainingEngine CreateEngine(EngineSettings settings, TrainingWeights weights, Workers workers) =>
        new PursuitEngine(settings, weights, workers);

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        throw new NotSupportedException("the steps of matching pursuit have an engine of their own");

    internal override IEnumerable<ValidationResult> Contradictions(SaeOptions options)
    {
        if (options.EncoderStart == EncoderStart.Kaiming)
        {
            yield return Wrong("encoder_start: kaiming", "encoder and decoder are the same rows", nameof(SaeOptions.EncoderStart));
        }

        if (options.InputScaling == "whiten")
        {
            yield return Wrong("input_scaling: whiten", "whitening maps encoder and decoder rows apart", nameof(SaeOptions.InputScaling));
        }

        if (options.AuxCoefficient > 0 || options.Auxiliary is not (null or AuxiliaryLoss.None))
        {
            yield return Wrong("auxiliary", "its latents have no pre-activations to choose by", nameof(SaeOptions.Auxiliary));
        }
    }

    internal override Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k) =>
        Sae.MatchingPursuit(weights.Decoder, weights.DecoderBias, k);

    private static ValidationResult Wrong(string option, string reason, string member) =>
        new($"{option} is not for matching_pursuit: {reason}", [member]);
}
