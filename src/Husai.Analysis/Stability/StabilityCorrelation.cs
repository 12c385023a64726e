namespace Husai.Analysis;

/// <summary>Rank correlation of a property of latents with their stability.</summary>
/// <param name="Property">The property.</param>
/// <param name="WithProbability">Correlation with the stability probability: mean over dictionaries, with its jackknife interval over seeds.</param>
/// <param name="WithMeanCosine">Correlation with the mean best cosine, which has no steps.</param>
public sealed record StabilityCorrelation(string Property, Interval WithProbability, Interval WithMeanCosine)
{
    /// <summary>Correlates each property that all dictionaries have.</summary>
    /// <param name="best">Nearest latents of the set.</param>
    /// <param name="predictors">For each dictionary its properties.</param>
    /// <param name="options">Threshold and confidence.</param>
    /// <exception cref="ArgumentException">There is not one set of properties for each dictionary.</exception>
    internal static IReadOnlyList<StabilityCorrelation> Of(NearestLatents best, IReadOnlyList<LatentPredictors> predictors, StabilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(best);
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(options);
        if (best.Count != predictors.Count)
        {
            throw new ArgumentException($"{best.Count} dictionaries but properties of {predictors.Count}", nameof(predictors));
        }

        return
        [
            .. predictors[0].Values.Keys.Where(property => predictors.All(predictor => predictor.Values.ContainsKey(property)))
                .Select(property => new StabilityCorrelation(
                    property,
                    Correlate(best, predictors, property, options, latent => latent.Probability),
                    Correlate(best, predictors, property, options, latent => latent.MeanCosine))),
        ];
    }

    // Leaving a seed out takes both its latents and its votes on the others' latents away.
    private static Interval Correlate(
        NearestLatents best, IReadOnlyList<LatentPredictors> predictors, string property, StabilityOptions options, Func<LatentStability, double> measure) =>
        Jackknife.Of(best.Count, leftOut =>
        {
            var correlations = Enumerable.Range(0, best.Count).Where(sae => sae != leftOut)
                .Select(sae => OfOne(best.Stability(sae, options.FoundCosine, options.Confidence, leftOut), predictors[sae].Values[property], measure))
                .Where(double.IsFinite).ToArray();
            // A constant side has no correlation; with none at all there is nothing that goes with stability.
            return correlations.Length == 0 ? 0 : correlations.Average();
        }, options.Confidence, fewestSeeds: 3);

    private static double OfOne(LatentStability[] latents, double[] values, Func<LatentStability, double> measure)
    {
        var known = latents.Where(latent => !double.IsNaN(values[latent.Latent])).ToArray();
        return RankCorrelation.Spearman(
            Array.ConvertAll(known, latent => measure(latent)), Array.ConvertAll(known, latent => values[latent.Latent]));
    }
}
