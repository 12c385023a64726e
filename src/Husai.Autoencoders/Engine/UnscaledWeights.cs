using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Copies of weights in training for use on inputs that have not been scaled or whitened: biases and thresholds are divided by the factor
/// on the inputs, and rows mapped back, which gives the same function.
/// </summary>
/// <param name="weights">The weights.</param>
/// <param name="inputScale">Factor on the inputs during training.</param>
/// <param name="whitening">Map of the inputs during training; null for none.</param>
internal sealed class UnscaledWeights(TrainingWeights weights, float inputScale, InputWhitening? whitening = null)
{
    /// <summary><c>[latents, width]</c>.</summary>
    public Matrix Encoder { get; } = whitening is null ? Rows(weights.Encoder).Clone() : whitening.EncoderBack(Rows(weights.Encoder));

    /// <summary><c>[latents, width]</c>.</summary>
    public Matrix Decoder { get; } = whitening is null ? Rows(weights.Decoder).Clone() : whitening.DecoderBack(Rows(weights.Decoder));

    /// <summary>One for each latent.</summary>
    public float[] EncoderBias => Unscaled(weights.EncoderBias);

    /// <summary>One for each coordinate.</summary>
    public float[] DecoderBias => whitening is null
        ? Unscaled(weights.DecoderBias)
        : whitening.DecoderBack(Matrix.From(1, weights.Width, Unscaled(weights.DecoderBias))).Row(0).ToArray();

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

    private static Matrix Rows(Parameter parameter) => parameter.Values.SliceColumns(0, parameter.Columns);

    private float[] Unscaled(Parameter parameter) => Array.ConvertAll(parameter.ToArray(), value => value / inputScale);
}
