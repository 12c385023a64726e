using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training;

/// <summary>
/// Gives dead latents new directions: rows of the batch drawn in proportion to their squared error, the encoder row a fifth of the usual
/// length (Bricken et al. 2023, appendix on neuron resampling).
/// </summary>
internal static class DeadLatentResampling
{
    private const double EncoderLength = 0.2;

    public static void Apply(TrainingWeights weights, Sae current, Matrix batch, float inputScale, long deadAfterRows, ulong seed)
    {
        var dead = Enumerable.Range(0, weights.Latents).Where(latent => weights.RowsSinceFired[latent] >= deadAfterRows).ToArray();
        if (dead.Length == 0 || dead.Length == weights.Latents)
        {
            return;
        }

        var cumulative = CumulativeErrors(current, batch);
        var length = EncoderLength * MeanAliveNorm(weights, deadAfterRows);
        var random = new RandomStream(seed, "sae.resampling", (uint)weights.Step);
        foreach (var latent in dead)
        {
            var index = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
            Replace(weights, latent, batch.Row(Math.Min(index < 0 ? ~index : index, batch.Rows - 1)), inputScale, length);
        }
    }

    private static void Replace(TrainingWeights weights, int latent, ReadOnlySpan<float> row, float inputScale, double length)
    {
        var direction = weights.Decoder.Values.Row(latent)[..weights.Width];
        for (var column = 0; column < direction.Length; column++)
        {
            direction[column] = row[column] * inputScale - weights.DecoderBias.Values[0, column];
        }

        Elementwise.Scale(direction, (float)(1 / Math.Sqrt(Math.Max(Reductions.SumOfSquares(direction), 1e-30))));
        var encoder = weights.Encoder.Values.Row(latent)[..weights.Width];
        direction.CopyTo(encoder);
        Elementwise.Scale(encoder, (float)length);
        weights.EncoderBias.Values[0, latent] = 0;
        weights.EncoderBias.FirstMoment[0, latent] = 0;
        weights.EncoderBias.SecondMoment[0, latent] = 0;
        weights.Decoder.ForgetMoments(latent);
        weights.Encoder.ForgetMoments(latent);
        weights.RowsSinceFired[latent] = 0;
    }

    private static double[] CumulativeErrors(Sae current, Matrix batch)
    {
        var reconstruction = current.Reconstruct(batch);
        var cumulative = new double[batch.Rows];
        var sum = 0.0;
        for (var row = 0; row < batch.Rows; row++)
        {
            Elementwise.Subtract(reconstruction.Row(row), batch.Row(row));
            cumulative[row] = sum += Reductions.SumOfSquares(reconstruction.Row(row));
        }

        return cumulative;
    }

    private static double MeanAliveNorm(TrainingWeights weights, long deadAfterRows)
    {
        var sum = 0.0;
        var alive = 0;
        for (var latent = 0; latent < weights.Latents; latent++)
        {
            if (weights.RowsSinceFired[latent] < deadAfterRows)
            {
                sum += Math.Sqrt(Reductions.SumOfSquares(weights.Encoder.Values.Row(latent)));
                alive++;
            }
        }

        return sum / alive;
    }
}
