using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Architectures;

/// <summary>The largest pre-activations of a whole batch: <see cref="BatchTopKArchitecture"/>. Used with one threshold for all.</summary>
internal class BatchTopKMethod : TrainingMethod
{
    public override string Name => "batchtopk";

    internal sealed override bool ChoosesOverBatch => true;

    public sealed override SparsityKind Sparsity => SparsityKind.Selection;

    internal override EngineSettings Configure(EngineSettings settings, ResolvedOptions options) =>
        base.Configure(settings, options) with { ThresholdMomentum = options.Given.ThresholdMomentum };

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new BatchTopKArchitecture(settings, weights);

    internal sealed override Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k)
    {
        var (encoder, decoder, encoderBias) = weights.Folded(options);
        return Sae.JumpRelu(encoder, decoder, encoderBias, weights.DecoderBias, weights.RunningThresholds());
    }
}
