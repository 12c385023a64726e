using Husai.Autoencoders.Model;

namespace Husai.Autoencoders.Tests.Interop;

/// <summary>
/// The forward pass as the definition of <see cref="Autoencoder"/> says it, in double precision and one number after the other.
/// </summary>
internal static class PlainForward
{
    public static (double[][] Latents, double[][] Reconstruction) Of(Autoencoder autoencoder, double[][] inputs)
    {
        var latents = inputs.Select(row => Encode(autoencoder, row)).ToArray();
        return (latents, [.. latents.Select(row => Decode(autoencoder, row))]);
    }

    private static double[] Encode(Autoencoder autoencoder, double[] input)
    {
        var centred = input.Select((value, i) => autoencoder.SubtractsDecoderBias ? value - autoencoder.DecoderBias[i] : value).ToArray();
        var product = Enumerable.Range(0, autoencoder.Latents)
            .Select(latent => centred.Select((value, i) => value * autoencoder.Encoder.Row(latent)[i]).Sum()).ToArray();
        var pre = product.Select((value, latent) => value + autoencoder.EncoderBias[latent]).ToArray();
        return autoencoder.Architecture switch
        {
            AutoencoderArchitecture.Standard => Array.ConvertAll(pre, value => Math.Max(value, 0)),
            AutoencoderArchitecture.TopK => KeepLargest(pre, autoencoder.K),
            AutoencoderArchitecture.JumpRelu =>
                [.. pre.Select((value, latent) => value > autoencoder.Threshold![latent] ? Math.Max(value, 0) : 0)],
            _ => [.. product.Select((value, latent) => pre[latent] > 0
                ? Math.Max(value * Math.Exp(autoencoder.LogMagnitudeScale![latent]) + autoencoder.MagnitudeBias![latent], 0) : 0)],
        };
    }

    private static double[] KeepLargest(double[] values, int k)
    {
        var limit = values.OrderDescending().ElementAt(k - 1);
        return Array.ConvertAll(values, value => value >= limit ? Math.Max(value, 0) : 0);
    }

    private static double[] Decode(Autoencoder autoencoder, double[] latents) =>
    [
        .. autoencoder.DecoderBias.Select((bias, i) =>
            bias + latents.Select((value, latent) => value * autoencoder.Decoder.Row(latent)[i]).Sum()),
    ];
}
