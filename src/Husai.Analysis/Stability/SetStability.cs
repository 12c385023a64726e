using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Measures how far dictionaries from several seeds agree.</summary>
public static class SetStability
{
    private const int SmallestWidthForThreshold = 16;

    // Eigenvectors of wider activations take longer than everything else together.
    private const int LargestDecomposedWidth = 512;

    /// <summary>Measures a set.</summary>
    /// <param name="dictionaries">At least two, of one width; they may differ in the number of latents.</param>
    /// <param name="options">How.</param>
    /// <param name="activations">Covariance of the activations that they describe; without it the covariance-matched level uses the decoders' own second moments.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far each stage has come.</param>
    /// <param name="atSite">What the latents do, for the same dictionaries in the same order; null when there is no model.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentException">Fewer than two dictionaries, different widths, or no live latents.</exception>
    public static StabilityReport Measure(
        IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions? options = null, Covariance? activations = null,
        Workers? workers = null, Action<StageProgress>? progress = null, SetAtSite? atSite = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        options ??= new StabilityOptions();
        DictionarySet.Require(dictionaries, 2, activations);
        var selections = dictionaries.Select(dictionary => LatentSelection.Of(dictionary, options.Similarity)).ToArray();
        var directions = dictionaries.Zip(selections, (dictionary, selection) => selection.RowsOf(dictionary.Decoder)).ToArray();
        var covariance = activations ?? DictionarySet.SecondMoments(directions, workers);
        long pairs = dictionaries.Count * (dictionaries.Count - 1) / 2;
        var (matrix, best) = PairwiseSimilarity.Of(
            dictionaries, options.Similarity, workers, done => progress?.Invoke(new StageProgress("similarity of pairs", done, pairs)), cancellation);
        var chance = SetChance.For(
            [.. selections.Select(selection => selection.Latents.Length)], covariance, activations is null ? "decoders" : "activations", options, workers, cancellation);
        var interval = Jackknife.OfPairs(matrix, options.Confidence);
        LatentStability[] perLatent = [.. Enumerable.Range(0, best.Count).SelectMany(sae => best.Stability(sae, options.FoundCosine, options.Confidence))];
        var decomposes = covariance.Width <= LargestDecomposedWidth;
        var subspaces = decomposes ? new SubspaceComparison(covariance, options, workers) : null;
        return new StabilityReport
        {
            Options = options.Similarity,
            Saes = [.. dictionaries.Select(dictionary => dictionary.Name)],
            Width = dictionaries[0].Width,
            Latents = [.. dictionaries.Select(dictionary => dictionary.Latents)],
            Alive = [.. selections.Select(selection => selection.Latents.Length)],
            Dead = [.. selections.Select(selection => selection.Dead)],
            ZeroRows = [.. selections.Select(selection => selection.ZeroRows)],
            Matrix = SimilarityMatrix.ToRows(matrix),
            Mean = interval.Mean,
            Interval = interval,
            Chance = chance,
            Kappa = Kappa.Of(interval.Mean, chance),
            AboveChance = interval.Low is { } low ? low > chance.Strongest : null,
            Shared = SharedFractions.Of(dictionaries, covariance, options, workers, progress, cancellation),
            Subspaces = subspaces?.Main(directions) ?? [],
            UnstableSubspace = subspaces?.Unstable(dictionaries, perLatent),
            EffectiveRank = decomposes ? Analysis.EffectiveRank.Of(covariance) : null,
            StableShare = perLatent.Count(latent => latent.IsStable) / (double)perLatent.Length,
            UnstableShare = perLatent.Count(latent => latent.IsUnstable) / (double)perLatent.Length,
            PerLatent = perLatent,
            Predictors = atSite is null ? null : StabilityCorrelation.Of(best, atSite.Predictors, options),
            ActivationSimilarity = atSite?.Activations,
            Warnings = Warnings(dictionaries, options),
        };
    }

    private static List<string> Warnings(IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions options)
    {
        var warnings = new List<string>();
        if (dictionaries[0].Width < SmallestWidthForThreshold)
        {
            warnings.Add($"in {dictionaries[0].Width} dimensions random directions pass a threshold of 0.7 often: shared fractions and stability probabilities mean little");
        }

        if (dictionaries.Count < 3)
        {
            warnings.Add("two dictionaries give one pair: no interval over seeds is possible");
        }

        if (!options.Similarity.IncludeDead && dictionaries.Any(dictionary => dictionary.FiringFrequencies is null))
        {
            warnings.Add("no firing frequencies for " + string.Join(", ", dictionaries.Where(dictionary => dictionary.FiringFrequencies is null).Select(dictionary => dictionary.Name)) + ": every latent counts as alive");
        }

        return warnings;
    }
}
