using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Numerics.Kernels;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training;

/// <summary>
/// Weights before the first step: unit decoder rows in random directions, and the encoder equal to the decoder (Gao et al. 2024, appendix
/// A.1).
/// </summary>
internal static class SaeInitialisation
{
    /// <param name="options">What is trained.</param>
    /// <param name="decoderBias"><c>[width]</c>, in the activations' own units.</param>
    /// <param name="inputScale">Factor on the inputs during training.</param>
    public static TrainingWeights Create(ResolvedOptions options, double[] decoderBias, float inputScale)
    {
        var width = decoderBias.Length;
        var weights = new TrainingWeights(options.Method, options.Latents, width);
        var random = new RandomStream((ulong)options.Given.Seed, "sae.initialisation");
        for (var latent = 0; latent < weights.Latents; latent++)
        {
            SetDirection(weights, latent, random);
        }

        for (var column = 0; column < width; column++)
        {
            weights.DecoderBias.Values[0, column] = (float)(decoderBias[column] * inputScale);
        }

        options.Method.Initialise(weights, options);
        return weights;
    }

    private static void SetDirection(TrainingWeights weights, int latent, RandomStream random)
    {
        var row = weights.Decoder.Values.Row(latent)[..weights.Width];
        random.FillNormal(row);
        Elementwise.Scale(row, (float)(1 / Math.Sqrt(Math.Max(Reductions.SumOfSquares(row), 1e-30))));
        row.CopyTo(weights.Encoder.Values.Row(latent));
    }
}
