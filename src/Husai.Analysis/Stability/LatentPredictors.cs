using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;

namespace Husai.Analysis.Stability;

/// <summary>Properties of the latents of one dictionary that may go with stability; NaN where a latent has none.</summary>
/// <param name="Values">By name, one value for each latent.</param>
public sealed record LatentPredictors(IReadOnlyDictionary<string, double[]> Values)
{
    private const string FiringFrequency = "firing_frequency";

    /// <summary>Share of the rows on which each latent fires, or null where it is not known.</summary>
    internal double[]? FiringFrequencies => Values.GetValueOrDefault(FiringFrequency);

    /// <summary>
    /// The properties that are known: firing frequency, cosine of decoder and encoder row, and with a recovery report energy in the best
    /// plane, power in low harmonics, dependence on the answer and share of the explained variance.
    /// </summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="recovery">Its recovery report, or null.</param>
    internal static LatentPredictors Of(LatentDictionary dictionary, RecoveryReport? recovery = null)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        var values = new Dictionary<string, double[]>();
        if (dictionary.FiringFrequencies is { } frequencies)
        {
            values[FiringFrequency] = frequencies;
        }

        if (dictionary.Encoder is { } encoder)
        {
            values["decoder_encoder_cosine"] = [
                .. Enumerable.Range(0, dictionary.Latents).Select(latent => Cosine(dictionary.Decoder.Row(latent), encoder.Row(latent)))];
        }

        if (recovery is not null)
        {
            values["circuit_overlap"] = Spread(latent => latent.Energy ?? double.NaN);
            values["h3"] = Spread(latent => latent.Function.H3);
            values["sum_any"] = Spread(latent => latent.Function.SumAny);
            values["variance_share"] = Spread(latent => latent.VarianceShare);
        }

        return new LatentPredictors(values);

        double[] Spread(Func<LatentRecovery, double> measure)
        {
            var result = new double[dictionary.Latents];
            Array.Fill(result, double.NaN);
            foreach (var latent in recovery!.PerLatent)
            {
                result[latent.Latent] = measure(latent);
            }

            return result;
        }
    }

    private static double Cosine(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        Reductions.Dot(first, second) / Math.Sqrt(Reductions.SumOfSquares(first) * Reductions.SumOfSquares(second));
}
