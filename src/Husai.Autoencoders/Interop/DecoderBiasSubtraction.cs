using Husai.Autoencoders.Model;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Whether the decoder's bias is subtracted from the input, changed without changing the function: <c>E (x - b_dec) + b</c> is
/// <c>E x + (b - E b_dec)</c>.
/// </summary>
internal static class DecoderBiasSubtraction
{
    /// <summary>The same function with the subtraction or without it; the SAE itself where it is so already.</summary>
    public static Sae Set(Sae sae, bool subtracts)
    {
        if (sae.SubtractsDecoderBias == subtracts)
        {
            return sae;
        }

        var decoderBias = ToDoubles(sae.DecoderBias);
        var shift = new double[sae.Latents];
        for (var latent = 0; latent < shift.Length; latent++)
        {
            shift[latent] = (subtracts ? 1 : -1) * InnerProduct.InOrder(ToDoubles(sae.Encoder.Row(latent)), decoderBias);
        }

        var result = sae.WithShift(sae.Encoder, shift, sae.DecoderBias);
        return subtracts ? result : result.WithoutSubtraction();
    }

    private static double[] ToDoubles(ReadOnlySpan<float> row) => Array.ConvertAll(row.ToArray(), value => (double)value);
}
