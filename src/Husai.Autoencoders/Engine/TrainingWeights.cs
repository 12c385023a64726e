using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>Everything that a training step changes: weights, moments and counters. What is here is what a resumed run needs.</summary>
internal sealed class TrainingWeights
{
    public TrainingWeights(string architecture, int latents, int width)
    {
        Latents = latents;
        Width = width;
        Encoder = new Parameter("encoder", latents, width);
        Decoder = new Parameter("decoder", latents, width);
        EncoderBias = new Parameter("encoder_bias", 1, latents);
        DecoderBias = new Parameter("decoder_bias", 1, width);
        RowsSinceFired = new long[latents];
        if (architecture == "jumprelu")
        {
            Threshold = new Parameter("threshold", 1, latents);
        }

        if (architecture == "gated")
        {
            MagnitudeBias = new Parameter("magnitude_bias", 1, latents);
            LogMagnitudeScale = new Parameter("log_magnitude_scale", 1, latents);
        }
    }

    public int Latents { get; }

    public int Width { get; }

    /// <summary><c>[latents, width]</c>.</summary>
    public Parameter Encoder { get; }

    /// <summary><c>[latents, width]</c>.</summary>
    public Parameter Decoder { get; }

    /// <summary>One for each latent; the gate's of a gated autoencoder.</summary>
    public Parameter EncoderBias { get; }

    /// <summary>One for each coordinate.</summary>
    public Parameter DecoderBias { get; }

    /// <summary>JumpReLU's thresholds.</summary>
    public Parameter? Threshold { get; }

    /// <summary>Gated: bias of the magnitudes.</summary>
    public Parameter? MagnitudeBias { get; }

    /// <summary>Gated: logarithm of the magnitudes' scale.</summary>
    public Parameter? LogMagnitudeScale { get; }

    /// <summary>Rows seen since each latent last fired.</summary>
    public long[] RowsSinceFired { get; }

    /// <summary>Steps taken.</summary>
    public long Step { get; set; }

    /// <summary>BatchTopK and Matryoshka: running mean of the smallest value kept; below 0 before the first batch.</summary>
    public double RunningThreshold { get; set; } = -1;

    /// <summary>Active share of the latents in the last batch; decides between the sparse and the dense path.</summary>
    public double Density { get; set; } = 1;

    public IEnumerable<Parameter> Parameters =>
        new[] { Encoder, Decoder, EncoderBias, DecoderBias, Threshold, MagnitudeBias, LogMagnitudeScale }.OfType<Parameter>();

    /// <summary>The trained autoencoder for use on inputs that have not been scaled.</summary>
    /// <param name="architecture">Training architecture.</param>
    /// <param name="k">Active latents of a TopK autoencoder.</param>
    /// <param name="inputScale">Factor on the inputs during training; biases and thresholds are divided by it, which gives the same function.</param>
    public Autoencoder ToAutoencoder(string architecture, int k, float inputScale)
    {
        var encoder = Encoder.Values.SliceColumns(0, Width).Clone();
        var decoder = Decoder.Values.SliceColumns(0, Width).Clone();
        float[] Unscaled(Parameter parameter) => Array.ConvertAll(parameter.ToArray(), value => value / inputScale);
        var decoderBias = Unscaled(DecoderBias);
        var encoderBias = Unscaled(EncoderBias);
        switch (architecture)
        {
            case "topk":
                return Autoencoder.TopK(encoder, decoder, encoderBias, decoderBias, k);
            case "batchtopk" or "matryoshka":
                var threshold = new float[Latents];
                Array.Fill(threshold, (float)Math.Max(RunningThreshold, 0) / inputScale);
                return Autoencoder.JumpRelu(encoder, decoder, encoderBias, decoderBias, threshold);
            case "jumprelu":
                return Autoencoder.JumpRelu(encoder, decoder, encoderBias, decoderBias, Unscaled(Threshold!));
            case "gated":
                return Autoencoder.Gated(encoder, decoder, encoderBias, decoderBias, Unscaled(MagnitudeBias!), LogMagnitudeScale!.ToArray());
            default:
                return Autoencoder.Standard(encoder, decoder, encoderBias, decoderBias);
        }
    }
}
