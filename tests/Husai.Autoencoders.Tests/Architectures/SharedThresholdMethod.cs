using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Tests.Architectures;

/// <summary>
/// The worked example of docs/how-to-add-an-architecture.md: one given threshold for all latents and an L1 penalty. Used as JumpReLU.
/// </summary>
internal sealed class SharedThresholdMethod : TrainingMethod
{
    /// <summary>Parameter: the threshold, for each latent the same. Training leaves it as it is.</summary>
    public const string Threshold = "shared_threshold";

    public override string Name => "sharedthreshold";

    public override SparsityKind Sparsity => SparsityKind.L1Penalty;

    internal override IReadOnlyList<string> OwnParameters => [Threshold];

    internal override void Initialise(TrainingWeights weights, ResolvedOptions options) =>
        weights.Own(Threshold).Values.Row(0)[..weights.Latents].Fill((float)options.Given.InitialThreshold);

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new SharedThresholdArchitecture(settings, weights);

    internal override Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k) => Sae.JumpRelu(
        weights.Encoder, weights.Decoder, weights.EncoderBias, weights.DecoderBias, weights.Unscaled(Threshold));

    internal override IEnumerable<SaeCheck> Checks(
        SaeOptions options, CheckOptions limits, ReconstructionMetrics metrics) =>
        [SaeCheck.AtLeast("l0_above_zero", metrics.L0, double.Epsilon, true)];
}
