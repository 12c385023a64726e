using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Functions;
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

    /// <summary>
    /// Encoder, decoder and encoder bias with which latents are chosen by their pre-activations, where training chose them by
    /// pre-activation times norm of the decoder row: with decoder rows of length 1.
    /// </summary>
    public (Matrix Encoder, Matrix Decoder, float[] EncoderBias) Folded(ResolvedOptions options)
    {
        if (!options.RescaleByDecoderNorm)
        {
            return (Encoder, Decoder, EncoderBias);
        }

        var (encoder, decoder, encoderBias) = (Encoder.Clone(), Decoder.Clone(), EncoderBias);
        WeightFolding.RescaleByDecoderNorm(encoder, decoder, encoderBias);
        return (encoder, decoder, encoderBias);
    }

    /// <summary>One for each latent.</summary>
    public float[] EncoderBias => Unscaled(weights.EncoderBias);

    /// <summary>One for each coordinate.</summary>
    public float[] DecoderBias => whitening is null
        ? Unscaled(weights.DecoderBias)
        : whitening.DecoderBack(Matrix.From(1, weights.Width, Unscaled(weights.DecoderBias))).Row(0).ToArray();

    /// <summary>A parameter of the method's own that is in the units of the inputs.</summary>
    public float[] Unscaled(string parameter) => Unscaled(weights.Own(parameter));

    /// <summary>A parameter of the method's own that is the logarithm of something in the units of the inputs: that, unscaled.</summary>
    public float[] UnscaledExponential(string parameter) =>
        Array.ConvertAll(weights.Own(parameter).ToArray(), value => (float)Transcendental.Exp(value) / inputScale);

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
