using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Copies of weights in training for use on inputs that have not been scaled: biases and thresholds are divided by the factor on the
/// inputs, which gives the same function.
/// </summary>
/// <param name="weights">The weights.</param>
/// <param name="inputScale">Factor on the inputs during training.</param>
internal sealed class UnscaledWeights(TrainingWeights weights, float inputScale)
{
    /// <summary><c>[latents, width]</c>.</summary>
    public Matrix Encoder { get; } = weights.Encoder.Values.SliceColumns(0, weights.Width).Clone();

    /// <summary><c>[latents, width]</c>.</summary>
    public Matrix Decoder { get; } = weights.Decoder.Values.SliceColumns(0, weights.Width).Clone();

    /// <summary>One for each latent.</summary>
    public float[] EncoderBias => Unscaled(weights.EncoderBias);

    /// <summary>One for each coordinate.</summary>
    public float[] DecoderBias => Unscaled(weights.DecoderBias);

    /// <summary>A parameter of the method's own that is in the units of the inputs.</summary>
    public float[] Unscaled(string parameter) => Unscaled(weights.Own(parameter));

    /// <summary>A parameter of the method's own that has no unit.</summary>
    public float[] AsTrained(string parameter) => weights.Own(parameter).ToArray();

    /// <summary>The running threshold, for each latent the same.</summary>
    public float[] RunningThresholds()
    {
        var thresholds = new float[weights.Latents];
        Array.Fill(thresholds, (float)Math.Max(weights.RunningThreshold, 0) / inputScale);
        return thresholds;
    }

    private float[] Unscaled(Parameter parameter) => Array.ConvertAll(parameter.ToArray(), value => value / inputScale);
}
