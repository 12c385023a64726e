namespace Husai.Autoencoders;

/// <summary>
/// Whether the decoder's bias is subtracted from the input, changed without changing the function: <c>E (x - b_dec) + b</c> is
/// <c>E x + (b - E b_dec)</c>.
/// </summary>
internal static class DecoderBiasSubtraction
{
    /// <summary>The same function with the subtraction or without it; the autoencoder itself where it is so already.</summary>
    public static Autoencoder Set(Autoencoder autoencoder, bool subtracts)
    {
        if (autoencoder.SubtractsDecoderBias == subtracts)
        {
            return autoencoder;
        }

        var (encoder, decoder, decoderBias) = (autoencoder.Encoder, autoencoder.Decoder, autoencoder.DecoderBias);
        var shift = new double[autoencoder.Latents];
        for (var latent = 0; latent < shift.Length; latent++)
        {
            shift[latent] = (subtracts ? 1 : -1) * Dot(encoder.Row(latent), decoderBias);
        }

        var bias = Shifted(autoencoder.EncoderBias, latent => shift[latent]);
        var result = autoencoder.Architecture switch
        {
            AutoencoderArchitecture.Standard => Autoencoder.Standard(encoder, decoder, bias, decoderBias),
            AutoencoderArchitecture.TopK => Autoencoder.TopK(encoder, decoder, bias, decoderBias, autoencoder.K),
            AutoencoderArchitecture.JumpRelu => Autoencoder.JumpRelu(encoder, decoder, bias, decoderBias, autoencoder.Threshold!),
            _ => Autoencoder.Gated(
                encoder, decoder, bias, decoderBias,
                Shifted(autoencoder.MagnitudeBias!, latent => shift[latent] * Scale(autoencoder, latent)), autoencoder.LogMagnitudeScale!),
        };
        return subtracts ? result : result.WithoutSubtraction();
    }

    private static double Scale(Autoencoder autoencoder, int latent) =>
        Husai.Numerics.Transcendental.Exp(autoencoder.LogMagnitudeScale![latent]);

    private static float[] Shifted(float[] bias, Func<int, double> shift) =>
        [.. bias.Select((value, latent) => (float)(value + shift(latent)))];

    private static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }
}
