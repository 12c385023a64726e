using Husai.Autoencoders.Model;

namespace Husai.Autoencoders.Interop;

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

        var shift = new double[autoencoder.Latents];
        for (var latent = 0; latent < shift.Length; latent++)
        {
            shift[latent] = (subtracts ? 1 : -1) * Dot(autoencoder.Encoder.Row(latent), autoencoder.DecoderBias);
        }

        var result = autoencoder.WithShift(autoencoder.Encoder, shift, autoencoder.DecoderBias);
        return subtracts ? result : result.WithoutSubtraction();
    }

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
