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

    public static Autoencoder ToAutoencoder(string path, TensorFile file, ConfigurationFile configuration)
    {
        var (width, latents) = (configuration.Width, configuration.Latents);
        var tensors = new ImportTensors(path, file);
        RequireAutoencoder(tensors, latents);
        var encoder = tensors.Matrix("W_enc", width, latents).Transpose();
        var decoder = tensors.Matrix("W_dec", latents, width);
        var decoderBias = tensors.Vector("b_dec", width);
        var isGated = configuration.Architecture == AutoencoderArchitecture.Gated;
        var encoderBias = tensors.Vector(isGated ? "b_gate" : "b_enc", latents);
        if (configuration.RescalesByDecoderNorm)
        {
            RescaleByDecoderNorm(encoder, decoder, encoderBias);
        }

        if (configuration.InputScale != 1)
        {
            FoldInputScale(encoder, decoder, decoderBias, configuration.InputScale);
        }

        var result = configuration.Architecture switch
        {
            AutoencoderArchitecture.Standard => Autoencoder.Standard(encoder, decoder, encoderBias, decoderBias),
            AutoencoderArchitecture.TopK => Autoencoder.TopK(encoder, decoder, encoderBias, decoderBias, configuration.K),
            AutoencoderArchitecture.JumpRelu => Autoencoder.JumpRelu(encoder, decoder, encoderBias, decoderBias, Thresholds(tensors, latents)),
            _ => Autoencoder.Gated(
                encoder, decoder, encoderBias, decoderBias, tensors.Vector("b_mag", latents), tensors.Vector("r_mag", latents)),
        };
        return configuration.SubtractsDecoderBias ? result : result.WithoutSubtraction();
    }

    private static void RequireAutoencoder(ImportTensors tensors, int latents)
    {
        if (tensors.Has("W_skip"))
        {
            throw new InvalidFileException(tensors.Path, "has a skip connection (W_skip): a linear part beside the latents, which no sparse autoencoder has");
        }

        // Files from before version 6 may hold a factor for each latent, of ones unless they were fine-tuned.
        if (tensors.Has("scaling_factor") && tensors.Vector("scaling_factor", latents).Any(factor => factor != 1))
        {
            throw new InvalidFileException(tensors.Path, "has a 'scaling_factor' other than ones, of a fine-tuning that newer SAELens does not know");
        }
    }

    // Checkpoints of training keep the logarithm, or one running threshold for all latents.
    private static float[] Thresholds(ImportTensors tensors, int latents)
    {
        if (tensors.Has("topk_threshold"))
        {
            var threshold = tensors.Number("topk_threshold");
            return threshold > 0 ? [.. Enumerable.Repeat((float)threshold, latents)] : throw new InvalidFileException(
                tensors.Path, $"its topk_threshold is {threshold}, never set: it was saved before the first training step");
        }

        return !tensors.Has("threshold") && tensors.Has("log_threshold")
            ? Array.ConvertAll(tensors.Vector("log_threshold", latents), logarithm => (float)Transcendental.Exp(logarithm))
            : tensors.Vector("threshold", latents);
    }

    // Selecting by p * norm and decoding f / norm is selecting by the encoder scaled by norm, decoding with unit rows.
    private static void RescaleByDecoderNorm(Matrix encoder, Matrix decoder, float[] encoderBias)
    {
        for (var latent = 0; latent < encoder.Rows; latent++)
        {
            var norm = (float)Math.Max(Math.Sqrt(Reductions.SumOfSquares(decoder.Row(latent))), 1e-8);
            Elementwise.Scale(encoder.Row(latent), norm);
            Elementwise.Scale(decoder.Row(latent), 1 / norm);
            encoderBias[latent] *= norm;
        }
    }

    // Of s * x in training: E (s x - b) is (s E) (x - b / s), and what is decoded is divided by s.
    private static void FoldInputScale(Matrix encoder, Matrix decoder, float[] decoderBias, double scale)
    {
        for (var latent = 0; latent < encoder.Rows; latent++)
        {
            Elementwise.Scale(encoder.Row(latent), (float)scale);
            Elementwise.Scale(decoder.Row(latent), (float)(1 / scale));
        }

        Elementwise.Scale(decoderBias, (float)(1 / scale));
    }

    private static NamedTensor Vector(string name, float[] values) => NamedTensor.FromVector(name, values, values.Length);
}
