using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Model;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Stability;

/// <summary>What the latents of a set of SAEs do on the activations that they describe.</summary>
/// <param name="Predictors">For each SAE the properties that may go with stability.</param>
/// <param name="Activations">Agreement of their activations; null where it takes long and was not asked for.</param>
public sealed record LatentActivity(IReadOnlyList<LatentPredictors> Predictors, ActivationAgreement? Activations)
{
    /// <summary>The dictionaries of the SAEs, each with firing frequencies: its own where it has them, else those measured here.</summary>
    /// <param name="dictionaries">One for each SAE, in the same order.</param>
    public IReadOnlyList<LatentDictionary> WithFrequencies(IReadOnlyList<LatentDictionary> dictionaries) =>
    [
        .. dictionaries.Zip(Predictors, (dictionary, predictors) =>
            dictionary.FiringFrequencies is null && predictors.FiringFrequencies is { } measured
                ? dictionary.WithFiringFrequencies(measured)
                : dictionary),
    ];

    /// <summary>Runs the SAEs on activations, and compares them with the circuit where one is known.</summary>
    /// <param name="rows">The activations.</param>
    /// <param name="covariance">Their covariance.</param>
    /// <param name="saes">The SAEs with the names that results call them by, at least two.</param>
    /// <param name="untrained">The same SAEs before training, or none.</param>
    /// <param name="options">How stability is measured.</param>
    /// <param name="site">The site of modular arithmetic that the activations are of, or null.</param>
    /// <param name="isAgreementWanted">Whether the agreement of activations is measured even where it takes long.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArgumentException">An SAE reads another width, or none of its latents fires.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    internal static LatentActivity Of(
        ActivationRows rows, Covariance covariance, IReadOnlyList<(string Name, Sae Sae)> saes,
        IReadOnlyList<(string Name, Sae Sae)> untrained, StabilityOptions options, AnalysedSite? site = null,
        bool isAgreementWanted = false,
        Workers? workers = null, Action<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(saes);
        var predictors = new List<LatentPredictors>();
        foreach (var (name, sae) in saes)
        {
            cancellation.ThrowIfCancellationRequested();
            var frequencies = rows.FiringFrequencies(name, sae, workers, progress, cancellation);
            predictors.Add(LatentPredictors.Of(
                new LatentDictionary(name, sae.Decoder, sae.Encoder, frequencies),
                site?.Measure(site.BasisOf(name, sae))));
            progress?.Invoke(new StageProgress("latents against the circuit", predictors.Count, saes.Count));
        }

        var isCheap = ActivationAgreement.Flops(
            [.. saes.Select(sae => sae.Sae.Latents)], rows.Rows, options) <= ActivationAgreement.UsualFlops;
        return new LatentActivity(
            predictors,
            isCheap || isAgreementWanted
                ? ActivationAgreement.Of(saes, untrained, rows, covariance, options, workers, progress, cancellation)
                : null);
    }
}
