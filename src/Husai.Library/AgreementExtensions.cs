using Husai.Analysis.Functional;
using Husai.Analysis.Similarity;
using Husai.Analysis.Sites;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Storage;
using Husai.Numerics.Parallelism;

namespace Husai;

/// <summary>Measures how far SAEs agree in one call.</summary>
public static class AgreementExtensions
{
    extension(SeedStability)
    {
        /// <summary>Measures how far SAEs that differ only in their seed agree beyond chance.</summary>
        /// <param name="saes">At least two, of one width.</param>
        /// <param name="activations">What they were trained on, for the level of turned dictionaries and the firing frequencies of SAEs
        /// that have none; null if it is not at hand.</param>
        /// <param name="options">What is measured, and how; today's practice if null.</param>
        /// <param name="threads">Threads to use; all cores if null. It never changes the result.</param>
        /// <param name="cancellation">Ends it early.</param>
        /// <exception cref="ArgumentException">Fewer than two SAEs, different widths, or no live latents.</exception>
        /// <exception cref="OperationCanceledException">The caller gave up.</exception>
        public static SeedStability Measure(
            IReadOnlyList<SavedSae> saes, IActivationSource? activations = null, StabilityOptions? options = null, int? threads = null,
            CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(saes);
            using var workers = new Workers(threads ?? Environment.ProcessorCount);
            var rows = activations is null ? null : new ActivationRows(activations);
            var dictionaries = saes.Select((sae, index) => Dictionary(sae, $"SAE {index}", rows, workers, cancellation)).ToList();
            return SeedStability.Of(
                dictionaries, options, rows?.Covariance(workers, cancellation: cancellation), workers: workers, cancellation: cancellation);
        }
    }

    extension(FunctionalAgreement)
    {
        /// <summary>Measures whether matched latents of SAEs do the same, beside latents that only look alike.</summary>
        /// <param name="saes">At least two, of one width.</param>
        /// <param name="activations">The activations that they read.</param>
        /// <param name="options">How.</param>
        /// <param name="threads">Threads to use; all cores if null. It never changes the result.</param>
        /// <param name="cancellation">Ends it early.</param>
        /// <exception cref="ArgumentException">An SAE reads another width, none of its latents fires, or more fire than a matcher that is
        /// asked for can pair.</exception>
        /// <exception cref="OperationCanceledException">The caller gave up.</exception>
        public static FunctionalAgreement Measure(
            IReadOnlyList<SavedSae> saes, IActivationSource activations, FunctionOptions? options = null, int? threads = null,
            CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(saes);
            ArgumentNullException.ThrowIfNull(activations);
            using var workers = new Workers(threads ?? Environment.ProcessorCount);
            return FunctionalAgreement.Of(
                [.. saes.Select((sae, index) => ($"SAE {index}", sae.Sae))], new ActivationRows(activations), null, options, workers,
                cancellation: cancellation);
        }
    }

    private static LatentDictionary Dictionary(
        SavedSae saved, string name, ActivationRows? rows, Workers workers, CancellationToken cancellation) =>
        TrainedDictionary.Of(
            name,
            saved.FiringFrequencies is null && rows is not null
                ? saved with { FiringFrequencies = rows.FiringFrequencies(name, saved.Sae, workers, cancellation: cancellation) }
                : saved);
}
