using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Architectures;

/// <summary>A gate decides which latents fire, a rescaled copy of it how much: <see cref="GatedArchitecture"/>.</summary>
internal sealed class GatedMethod : TrainingMethod
{
    /// <summary>Parameter: bias of the magnitudes.</summary>
    public const string MagnitudeBias = "magnitude_bias";

    /// <summary>Parameter: logarithm of the magnitudes' scale.</summary>
    public const string LogMagnitudeScale = "log_magnitude_scale";

    public override string Name => "gated";

    public override SparsityKind Sparsity => SparsityKind.L1Penalty;

    internal override IReadOnlyList<string> OwnParameters => [MagnitudeBias, LogMagnitudeScale];

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new GatedArchitecture(settings, weights);

    internal override Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k) => Sae.Gated(
        weights.Encoder, weights.Decoder, weights.EncoderBias, weights.DecoderBias,
        weights.Unscaled(MagnitudeBias), weights.AsTrained(LogMagnitudeScale));
}
