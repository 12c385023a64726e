using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Architectures;

/// <summary>The largest pre-activations of each row: <see cref="TopKArchitecture"/>.</summary>
internal sealed class TopKMethod : TrainingMethod
{
    public override string Name => "topk";

    public override SparsityKind Sparsity => SparsityKind.Selection;

    internal override bool HasRunnersUp => true;

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new TopKArchitecture(settings, weights);

    internal override Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k)
    {
        var (encoder, decoder, encoderBias) = weights.Folded(options);
        return Sae.TopK(encoder, decoder, encoderBias, weights.DecoderBias, k);
    }
}
