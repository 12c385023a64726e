using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;

namespace Husai.Autoencoders.Architectures;

/// <summary>The largest pre-activations of each row: <see cref="TopKArchitecture"/>.</summary>
internal sealed class TopKMethod : TrainingMethod
{
    public override string Name => "topk";

    public override SparsityKind Sparsity => SparsityKind.Selection;

    internal override bool HasRunnersUp => true;

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new TopKArchitecture(settings, weights);

    internal override Sae ToSae(UnscaledWeights weights, int k) =>
        Sae.TopK(weights.Encoder, weights.Decoder, weights.EncoderBias, weights.DecoderBias, k);
}
