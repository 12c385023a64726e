using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Numerics.Functions;

namespace Husai.Autoencoders.Architectures;

/// <summary>A learnt threshold for each latent and an L0 penalty: <see cref="JumpReluArchitecture"/>.</summary>
internal sealed class JumpReluMethod : TrainingMethod
{
    /// <summary>Parameter: the thresholds.</summary>
    public const string Threshold = "threshold";

    public override string Name => "jumprelu";

    public override SparsityKind Sparsity => SparsityKind.L0Penalty;

    internal override IReadOnlyList<string> OwnParameters => [Threshold];

    internal override EngineSettings Configure(EngineSettings settings, ResolvedOptions options) =>
        base.Configure(settings, options) with
        {
            TargetL0 = options.Given.TargetL0,
            Bandwidth = options.Given.Bandwidth,
            LearnsLogThreshold = options.LogThreshold,
        };

    internal override void Initialise(TrainingWeights weights, ResolvedOptions options) =>
        weights.Own(Threshold).Values.Row(0)[..weights.Latents].Fill(
            (float)(options.LogThreshold ? Transcendental.Log(options.Given.InitialThreshold) : options.Given.InitialThreshold));

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new JumpReluArchitecture(settings, weights);

    internal override Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k) => Sae.JumpRelu(
        weights.Encoder, weights.Decoder, weights.EncoderBias, weights.DecoderBias,
        options.LogThreshold ? weights.UnscaledExponential(Threshold) : weights.Unscaled(Threshold));
}
