using Husai.Formats;
using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>The tensors of <c>sae_weights.safetensors</c>. The encoder lies there as [width, latents], transposed from ours.</summary>
internal static class WeightTensors
{
    public static IReadOnlyList<NamedTensor> From(Autoencoder autoencoder)
    {
        var tensors = new List<NamedTensor>
        {
            NamedTensor.FromMatrix("W_enc", autoencoder.Encoder.Transpose()),
            NamedTensor.FromMatrix("W_dec", autoencoder.Decoder),
            Vector("b_dec", autoencoder.DecoderBias),
            Vector(autoencoder.Architecture == AutoencoderArchitecture.Gated ? "b_gate" : "b_enc", autoencoder.EncoderBias),
        };
        if (autoencoder.Architecture == AutoencoderArchitecture.Gated)
        {
            tensors.Add(Vector("b_mag", autoencoder.MagnitudeBias!));
            tensors.Add(Vector("r_mag", autoencoder.LogMagnitudeScale!));
        }

        if (autoencoder.Threshold is { } threshold)
        {
            tensors.Add(Vector("threshold", threshold));
        }

        return tensors;
    }

    public static Autoencoder ToAutoencoder(TensorFile file, ConfigurationFile configuration)
    {
        var (width, latents) = (configuration.Width, configuration.Latents);
        var encoder = file.Require("W_enc", width, latents).ToMatrix().Transpose();
        var decoder = file.Require("W_dec", latents, width).ToMatrix();
        var decoderBias = file.Require("b_dec", width).ToSingles();
        float[] PerLatent(string name) => file.Require(name, latents).ToSingles();
        var result = configuration.Architecture switch
        {
            AutoencoderArchitecture.Standard => Autoencoder.Standard(encoder, decoder, PerLatent("b_enc"), decoderBias),
            AutoencoderArchitecture.TopK when configuration.RescalesByDecoderNorm =>
                Rescaled(encoder, decoder, PerLatent("b_enc"), decoderBias, configuration.K),
            AutoencoderArchitecture.TopK => Autoencoder.TopK(encoder, decoder, PerLatent("b_enc"), decoderBias, configuration.K),
            AutoencoderArchitecture.JumpRelu =>
                Autoencoder.JumpRelu(encoder, decoder, PerLatent("b_enc"), decoderBias, PerLatent("threshold")),
            _ => Autoencoder.Gated(encoder, decoder, PerLatent("b_gate"), decoderBias, PerLatent("b_mag"), PerLatent("r_mag")),
        };
        return configuration.SubtractsDecoderBias ? result : result.WithoutSubtraction();
    }

    // Selecting by p * norm and decoding f / norm is selecting by the encoder scaled by norm, decoding with unit rows.
    private static Autoencoder Rescaled(Matrix encoder, Matrix decoder, float[] encoderBias, float[] decoderBias, int k)
    {
        for (var latent = 0; latent < encoder.Rows; latent++)
        {
            var norm = (float)Math.Max(Math.Sqrt(Reductions.SumOfSquares(decoder.Row(latent))), 1e-8);
            Elementwise.Scale(encoder.Row(latent), norm);
            Elementwise.Scale(decoder.Row(latent), 1 / norm);
            encoderBias[latent] *= norm;
        }

        return Autoencoder.TopK(encoder, decoder, encoderBias, decoderBias, k);
    }

    private static NamedTensor Vector(string name, float[] values) => NamedTensor.FromVector(name, values, values.Length);
}
