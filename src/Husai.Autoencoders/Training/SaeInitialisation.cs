using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training.Starts;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training;

/// <summary>
/// Weights before the first step: unit decoder rows, and the encoder equal to the decoder (Gao et al. 2024, appendix A.1), or what
/// <see cref="DecoderNorm"/> and <see cref="EncoderStart"/> have in their place.
/// </summary>
internal static class SaeInitialisation
{
    /// <param name="options">What is trained.</param>
    /// <param name="decoderBias"><c>[width]</c>, in the units of the inputs before their factor.</param>
    /// <param name="inputScale">Factor on the inputs during training.</param>
    /// <param name="fillDirections">Fills <c>[latents, width]</c> with the unit rows of the decoder.</param>
    public static TrainingWeights Create(
        ResolvedOptions options, double[] decoderBias, float inputScale, Action<Matrix> fillDirections)
    {
        var width = decoderBias.Length;
        var weights = new TrainingWeights(options.Method, options.Latents, width);
        fillDirections(weights.Decoder.Values.SliceColumns(0, width));
        for (var latent = 0; latent < weights.Latents; latent++)
        {
            weights.Decoder.Values.Row(latent).CopyTo(weights.Encoder.Values.Row(latent));
        }

        if (options.DecoderStartNorm is { } norm)
        {
            for (var latent = 0; latent < weights.Latents; latent++)
            {
                Elementwise.Scale(weights.Decoder.Values.Row(latent), (float)norm);
            }

            weights.Encoder.Values.CopyFrom(weights.Decoder.Values);
        }
        else if (options.DecoderNorm == DecoderNorm.Free)
        {
            FillUniform(weights.Decoder, weights.Latents, new RandomStream((ulong)options.Given.Seed, "sae.initialisation.free_decoder"));
            weights.Encoder.Values.CopyFrom(weights.Decoder.Values);
        }

        if (options.EncoderStart == EncoderStart.Kaiming)
        {
            FillUniform(weights.Encoder, width, new RandomStream((ulong)options.Given.Seed, "sae.initialisation.encoder"));
        }

        for (var column = 0; column < width; column++)
        {
            weights.DecoderBias.Values[0, column] = (float)(decoderBias[column] * inputScale);
        }

        options.Method.Initialise(weights, options);
        return weights;
    }

    // He et al. 2015 (arXiv:1502.01852), section 2.2: variance 2 / inputs.
    private static void FillUniform(Parameter parameter, int inputs, RandomStream random) =>
        UniformRows.Fill(parameter.Values.SliceColumns(0, parameter.Columns), (float)Math.Sqrt(6.0 / inputs), random);
}
