using Husai.Numerics.Functions;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Model;

public sealed partial class Sae
{
    /// <summary>
    /// The same SAE with other encoder rows E' about a point c, at which every pre-activation stays: <c>p = E' (x - c) + b + E (c -
    /// b_dec)</c>. With rows turned by a rotation that leaves the activations' covariance as it is, and c their mean, every pre-activation
    /// keeps its mean and its variance. Of matching pursuit the dictionary is replaced: it has no other rows to encode with.
    /// </summary>
    /// <param name="encoder">The other rows, <c>[latents, width]</c>.</param>
    /// <param name="centre">The point c; it becomes the decoder's bias, so that reconstructions are not those of this SAE.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Sae WithEncoderAbout(Matrix encoder, IReadOnlyList<double> centre)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(centre);
        if (encoder.Rows != Latents || encoder.Columns != Width || centre.Count != Width)
        {
            throw new ArgumentException(
                $"an encoder of {encoder.Shape} about a point of {centre.Count} coordinates, where the SAE's is {Encoder.Shape}",
                nameof(encoder));
        }

        float[] decoderBias = [.. centre.Select(value => (float)value)];
        if (Architecture == SaeArchitecture.MatchingPursuit)
        {
            return MatchingPursuit(encoder, decoderBias, K);
        }

        var shift = new double[Latents];
        for (var latent = 0; latent < Latents; latent++)
        {
            var row = Encoder.Row(latent);
            for (var i = 0; i < row.Length; i++)
            {
                shift[latent] += row[i] * (centre[i] - (SubtractsDecoderBias ? DecoderBias[i] : 0));
            }
        }

        return WithShift(encoder, shift, decoderBias);
    }

    /// <summary>
    /// Other weights, subtracting the decoder's bias, with a number added to each pre-activation; the magnitudes of a gated SAE have
    /// the same product, scaled.
    /// </summary>
    internal Sae WithShift(Matrix encoder, double[] shift, float[] decoderBias) =>
        new(Architecture, encoder, Decoder, [.. EncoderBias.Select((bias, latent) => (float)(bias + shift[latent]))], decoderBias)
        {
            K = K,
            Threshold = Threshold,
            MagnitudeBias = MagnitudeBias is null ? null
                : [
                    .. MagnitudeBias.Select((bias, latent) =>
                        (float)(bias + shift[latent] * Transcendental.Exp(LogMagnitudeScale![latent])))],
            LogMagnitudeScale = LogMagnitudeScale,
        };
}
