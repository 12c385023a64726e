using Husai.Numerics.Functions;
using Husai.Numerics.Randomness;
using Husai.Worlds.Options;

namespace Husai.Worlds.Construction;

/// <summary>The base probabilities of features by rank, before trees change them.</summary>
internal static class BaseProbabilities
{
    private const string Purpose = "world.probabilities";

    /// <summary>The probabilities; of one feature alone it is the largest.</summary>
    /// <param name="options">How they fall.</param>
    /// <param name="features">How many, at least 1.</param>
    /// <param name="seed">Seed of the world, for random ones.</param>
    public static double[] Create(ProbabilityOptions options, int features, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        var stream = new RandomStream(seed, Purpose);
        var range = options.Largest - options.Smallest;
        var last = Weight(features, options.Exponent);
        var probabilities = new double[features];
        for (var feature = 0; feature < features; feature++)
        {
            probabilities[feature] = features == 1 ? options.Largest : options.Law switch
            {
                // Where all weights are alike the range has no width either.
                ProbabilityLaw.Zipfian => last == 1 ? options.Largest
                    : options.Smallest + range * (Weight(feature + 1, options.Exponent) - last) / (1 - last),
                ProbabilityLaw.Linear => options.Largest - range * feature / (features - 1),
                ProbabilityLaw.Random => options.Smallest + range * stream.NextDouble(),
                _ => options.Largest,
            };
        }

        return probabilities;
    }

    private static double Weight(int rank, double exponent) => Transcendental.Pow(rank, -exponent);
}
