using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Training.Starts;

/// <summary>
/// Length of the encoder's rows at the start. Directions that follow the activations fire together: k of them would write a row nearly k
/// times. The rows are scaled so that the first reconstructions have the least squared error; where rows are random that is left alone.
/// </summary>
internal static class EncoderLength
{
    private const int Rows = 2048;

    /// <summary>Scales the encoder's rows.</summary>
    /// <param name="weights">The weights before the first step.</param>
    /// <param name="options">What is trained.</param>
    /// <param name="sample"><c>[rows, width]</c>: inputs before their factor.</param>
    /// <param name="inputScale">Factor on the inputs.</param>
    public static void Fit(TrainingWeights weights, ResolvedOptions options, Matrix sample, float inputScale)
    {
        var unscaled = new UnscaledWeights(weights, inputScale);
        var bias = unscaled.DecoderBias;
        var biases = new float[weights.Latents];
        var sae = options.Method.SelectsByK
            ? Sae.TopK(unscaled.Encoder, unscaled.Decoder, biases, bias, Math.Min(options.Given.K, weights.Latents))
            : Sae.Standard(unscaled.Encoder, unscaled.Decoder, biases, bias);
        var rows = sample.SliceRows(0, Math.Min(Rows, sample.Rows));
        var factor = LeastSquares(rows, sae.Reconstruct(rows), bias);
        for (var latent = 0; latent < weights.Latents && factor > 0; latent++)
        {
            Elementwise.Scale(weights.Encoder.Values.Row(latent), (float)factor);
        }
    }

    // The factor on the reconstructions, less the bias, that brings them nearest to the rows; 0 where they are all nothing.
    private static double LeastSquares(Matrix rows, Matrix reconstructions, float[] bias)
    {
        double products = 0, squares = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var column = 0; column < rows.Columns; column++)
            {
                var written = (double)reconstructions[row, column] - bias[column];
                products += written * (rows[row, column] - bias[column]);
                squares += written * written;
            }
        }

        return squares > 0 ? products / squares : 0;
    }
}
