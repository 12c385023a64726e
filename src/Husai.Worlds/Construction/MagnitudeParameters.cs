using Husai.Numerics.Functions;
using Husai.Numerics.Randomness;
using Husai.Worlds.Options;

namespace Husai.Worlds.Construction;

/// <summary>One parameter of the features' magnitudes, by rank.</summary>
internal static class MagnitudeParameters
{
    /// <summary>The values.</summary>
    /// <param name="options">How they depend on the rank.</param>
    /// <param name="features">How many.</param>
    /// <param name="stream">Random numbers, for folded normal ones.</param>
    public static float[] Create(MagnitudeOptions options, int features, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        var values = new float[features];
        for (var feature = 0; feature < features; feature++)
        {
            var share = features == 1 ? 0 : feature / (features - 1.0);
            values[feature] = (float)(options.Law switch
            {
                MagnitudeLaw.Linear => options.Start + (options.End - options.Start) * share,
                MagnitudeLaw.Exponential => options.Start * Transcendental.Pow(options.End / options.Start, share),
                MagnitudeLaw.FoldedNormal => Math.Min(
                    Math.Max(Math.Abs(options.Mean + options.Deviation * stream.NextNormal()), options.Least ?? 0),
                    options.Greatest ?? double.PositiveInfinity),
                _ => options.Start,
            });
        }

        return values;
    }
}
