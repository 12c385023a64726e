using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>When agreement forms: the same measures at the checkpoints of the same runs.</summary>
public static class StabilityDynamics
{
    /// <summary>Measures each checkpoint.</summary>
    /// <param name="checkpoints">For each step the dictionaries of all seeds, in the same order at each; ascending steps.</param>
    /// <param name="options">How similarity and chance are measured.</param>
    /// <param name="activations">Covariance of the activations, or null.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">A step has other dictionaries than the last, or fewer than two.</exception>
    public static IReadOnlyList<DynamicsPoint> Measure(
        IReadOnlyList<(long Step, IReadOnlyList<LatentDictionary> Dictionaries)> checkpoints, StabilityOptions? options = null,
        Covariance? activations = null, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        options ??= new StabilityOptions();
        var points = new List<DynamicsPoint>();
        foreach (var (step, dictionaries) in checkpoints)
        {
            var last = checkpoints[^1].Dictionaries;
            DictionarySet.Require(dictionaries, 2, activations);
            if (dictionaries.Count != last.Count)
            {
                throw new ArgumentException($"step {step} has {dictionaries.Count} dictionaries, the last {last.Count}", nameof(checkpoints));
            }

            var selections = dictionaries.Select(dictionary => LatentSelection.Of(dictionary, options.Similarity)).ToArray();
            var covariance = activations
                ?? DictionarySet.SecondMoments([.. dictionaries.Zip(selections, (dictionary, selection) => selection.RowsOf(dictionary.Decoder))], workers);
            points.Add(new DynamicsPoint(
                step,
                Jackknife.OfPairs(SimilarityMatrix.Of(dictionaries, options.Similarity, workers), options.Confidence),
                SetChance.For([.. selections.Select(selection => selection.Latents.Length)], covariance, activations is null ? "decoders" : "activations", options, workers),
                dictionaries.Zip(last, (dictionary, final) => DictionarySimilarity.Between(dictionary, final, options.Similarity, workers).Value).Average()));
        }

        return points;
    }
}
