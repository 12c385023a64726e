using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Interop;

/// <summary>Changes weights so that what a library does around them becomes part of them.</summary>
internal static class WeightFolding
{
    /// <summary>
    /// Selecting by <c>p * norm</c> and decoding <c>f / norm</c> is selecting by the encoder scaled by the decoder's norm, decoding with
    /// unit rows.
    /// </summary>
    public static void RescaleByDecoderNorm(Matrix encoder, Matrix decoder, float[] encoderBias)
    {
        for (var latent = 0; latent < encoder.Rows; latent++)
        {
            var norm = (float)Math.Max(Math.Sqrt(Reductions.SumOfSquares(decoder.Row(latent))), 1e-8);
            Elementwise.Scale(encoder.Row(latent), norm);
            Elementwise.Scale(decoder.Row(latent), 1 / norm);
            encoderBias[latent] *= norm;
        }
    }

    /// <summary>Of s * x in training: <c>E (s x - b)</c> is <c>(s E) (x - b / s)</c>, and what is decoded is divided by s.</summary>
    public static void FoldInputScale(Matrix encoder, Matrix decoder, float[] decoderBias, double scale)
    {
        if (scale == 1)
        {
            return;
        }

        for (var latent = 0; latent < encoder.Rows; latent++)
        {
            Elementwise.Scale(encoder.Row(latent), (float)scale);
            Elementwise.Scale(decoder.Row(latent), (float)(1 / scale));
        }

        Elementwise.Scale(decoderBias, (float)(1 / scale));
    }
}
