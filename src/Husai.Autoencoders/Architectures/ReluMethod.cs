using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Architectures;

/// <summary>ReLU with an L1 penalty: <see cref="ReluArchitecture"/>.</summary>
internal sealed class ReluMethod : TrainingMethod
{
    public override string Name => "relu";

    public override SparsityKind Sparsity => SparsityKind.L1Penalty;

    internal override bool CanWeighByDecoderNorm => true;

    // What a decoder row's norm is part of the penalty for must be free to change.
    internal override EngineSettings Configure(EngineSettings settings, ResolvedOptions options) =>
        base.Configure(settings, options) with
        {
            WeightsByDecoderNorm = options.Given.NormWeightedL1,
            NormalisesDecoder = settings.NormalisesDecoder && !options.Given.NormWeightedL1,
            ProjectsDecoderGradient = settings.ProjectsDecoderGradient && !options.Given.NormWeightedL1,
        };

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new ReluArchitecture(settings, weights);

    internal override Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k) =>
        Sae.Standard(weights.Encoder, weights.Decoder, weights.EncoderBias, weights.DecoderBias);
}
