using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Training;

/// <summary>
/// The decoder bias at the start and the factor on the inputs, from a sample of the training rows. What is coded is <c>scale * x - decoder
/// bias</c>, so the factor is measured on rows from which the bias is taken: a constant that is added to all rows changes neither factor
/// nor latents.
/// </summary>
internal sealed class InputNormalisation
{
    // Rows that lie closer to their bias than this share of its length differ by the rounding of single precision only.
    private const double SmallestSpread = 1.0 / (1 << 22);

    public InputNormalisation(ResolvedOptions options, ActivationStatistics statistics)
    {
        var width = statistics.Sample.Columns;
        DecoderBias = options.DecoderBiasStart switch
        {
            "mean" => statistics.Mean,
            "median" => statistics.GeometricMedian(),
            _ => new double[width],
        };
        if (options.InputScaling != "none")
        {
            var distance = statistics.MeanDistance(DecoderBias);
            Scale = distance > SmallestSpread * Math.Sqrt(DecoderBias.Sum(value => value * value))
                ? (float)(Math.Sqrt(width) / distance)
                : 1;
        }
    }

    /// <summary><c>[width]</c>, in the units of the rows that it was made from.</summary>
    public double[] DecoderBias { get; }

    /// <summary>Factor on the inputs: root width over the mean norm of a row less the bias, or 1.</summary>
    public float Scale { get; } = 1;
}
