using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>Rank correlation of a property of latents with their stability.</summary>
/// <param name="Property">The property.</param>
/// <param name="WithProbability">Correlation with the stability probability: mean over dictionaries, with its jackknife interval over
/// seeds.</param>
/// <param name="WithMeanCosine">Correlation with the mean best cosine, which has no steps.</param>
public sealed record StabilityCorrelation(string Property, Interval WithProbability, Interval WithMeanCosine)
{
    private const int FewestSeeds = 3;

    /// <summary>Correlates each property that all dictionaries have.</summary>
    /// <param name="best">Nearest latents of the set.</param>
    /// <param name="predictors">For each dictionary its properties.</param>
    /// <param name="options">Threshold and confidence.</param>
    /// <exception cref="ArgumentException">There is not one set of properties for each dictionary.</exception>
    internal static IReadOnlyList<StabilityCorrelation> Of(
        NearestLatents best, IReadOnlyList<LatentPredictors> predictors, StabilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(best);
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(options);
        if (best.Count != predictors.Count)
        {
            throw new ArgumentException($"{best.Count} dictionaries but properties of {predictors.Count}", nameof(predictors));
        }

        string[] properties = [
            .. predictors[0].Values.Keys.Where(property => predictors.All(predictor => predictor.Values.ContainsKey(property)))];

        // Without each seed, and of all at -1; the last are not asked for where leaving one out leaves no pair.
        var correlations = Enumerable.Range(-1, best.Count < FewestSeeds ? 1 : best.Count + 1)
            .ToDictionary(leftOut => leftOut, leftOut => Without(leftOut, best, predictors, properties, options));
        return
        [
            .. properties.Select((property, number) => new StabilityCorrelation(
                property,
                Jackknife.Of(best.Count, leftOut => correlations[leftOut][number].WithProbability, options.Confidence, FewestSeeds),
                Jackknife.Of(best.Count, leftOut => correlations[leftOut][number].WithMeanCosine, options.Confidence, FewestSeeds))),
        ];
    }

    // Leaving a seed out takes both its latents and its votes on the others' latents away.
    private static (double WithProbability, double WithMeanCosine)[] Without(
        int leftOut, NearestLatents best, IReadOnlyList<LatentPredictors> predictors, string[] properties, StabilityOptions options)
    {
        var found = Array.ConvertAll(properties, _ => (WithProbability: new List<double>(), WithMeanCosine: new List<double>()));
        foreach (var sae in Enumerable.Range(0, best.Count).Where(sae => sae != leftOut))
        {
            var latents = best.Stability(sae, options.FoundCosine, options.Confidence, leftOut);
            for (var number = 0; number < properties.Length; number++)
            {
                var values = predictors[sae].Values[properties[number]];
                var known = Array.FindAll(latents, latent => !double.IsNaN(values[latent.Latent]));
                var property = Array.ConvertAll(known, latent => values[latent.Latent]);
                found[number].WithProbability.Add(
                    RankCorrelation.Spearman(Array.ConvertAll(known, latent => latent.Probability), property));
                found[number].WithMeanCosine.Add(RankCorrelation.Spearman(Array.ConvertAll(known, latent => latent.MeanCosine), property));
            }
        }

        return Array.ConvertAll(found, property => (Mean(property.WithProbability), Mean(property.WithMeanCosine)));
    }

    // A constant side has no correlation; with none at all there is nothing that goes with stability.
    private static double Mean(List<double> correlations) => correlations.Where(double.IsFinite).DefaultIfEmpty(0).Average();
}
