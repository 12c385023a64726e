using Husai.Autoencoders.Model;

namespace Husai.Autoencoders.Tests.Interop;

/// <summary>
/// The forward pass as the definition of <see cref="Sae"/> says it, in double precision and one number after the other.
/// </summary>
internal static class PlainForward
{
    public static (double[][] Latents, double[][] Reconstruction) Of(Sae sae, double[][] inputs)
    {
        var latents = inputs.Select(row => Encode(sae, row)).ToArray();
        return (latents, [.. latents.Select(row => Decode(sae, row))]);
    }

    private static double[] Encode(Sae sae, double[] input)
    {
        var centred = input.Select((value, i) => sae.SubtractsDecoderBias ? value - sae.DecoderBias[i] : value).ToArray();
        if (sae.Architecture == SaeArchitecture.MatchingPursuit)
        {
            return PlainPursuit.Code(sae, centred);
        }

        var product = Enumerable.Range(0, sae.Latents)
            .Select(latent => centred.Select((value, i) => value * sae.Encoder.Row(latent)[i]).Sum()).ToArray();
        var pre = product.Select((value, latent) => value + sae.EncoderBias[latent]).ToArray();
        return sae.Architecture switch
        {
            SaeArchitecture.Standard => Array.ConvertAll(pre, value => Math.Max(value, 0)),
            SaeArchitecture.TopK => KeepLargest(pre, sae.K),
            SaeArchitecture.JumpRelu =>
                [.. pre.Select((value, latent) => value > sae.Threshold![latent] ? Math.Max(value, 0) : 0)],
            _ => [.. product.Select((value, latent) => pre[latent] > 0
                ? Math.Max(value * Math.Exp(sae.LogMagnitudeScale![latent]) + sae.MagnitudeBias![latent], 0) : 0)],
        };
    }

    private static double[] KeepLargest(double[] values, int k)
    {
        var limit = values.OrderDescending().ElementAt(k - 1);
        return Array.ConvertAll(values, value => value >= limit ? Math.Max(value, 0) : 0);
    }

    private static double[] Decode(Sae sae, double[] latents) =>
    [
        .. sae.DecoderBias.Select((bias, i) =>
            bias + latents.Select((value, latent) => value * sae.Decoder.Row(latent)[i]).Sum()),
    ];
}
