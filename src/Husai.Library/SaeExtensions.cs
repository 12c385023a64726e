using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai;

/// <summary>Trains and reads SAEs in one call.</summary>
public static class SaeExtensions
{
    extension(Sae)
    {
        /// <summary>Trains an SAE to the end.</summary>
        /// <param name="options">What to train.</param>
        /// <param name="activations">The activations, <c>[rows, width]</c>.</param>
        /// <param name="folder">Where to save it as a SAELens 6 folder, with its metrics and the state to resume from; null for
        /// nowhere.</param>
        /// <param name="threads">Threads to use; all cores if null. It never changes the result.</param>
        /// <param name="progress">Told of every step; may be null.</param>
        /// <param name="cancellation">Stops between two steps; with a folder the state is saved first.</param>
        /// <returns>The SAE with its firing frequencies.</returns>
        /// <exception cref="ArgumentException">The options do not fit the activations.</exception>
        /// <exception cref="NonFiniteActivationsException">The activations hold a value that is not finite.</exception>
        /// <exception cref="SaeDivergedException">The loss is not a number.</exception>
        /// <exception cref="InvalidFileException">The folder holds a training that would be lost.</exception>
        /// <exception cref="OperationCanceledException">Training was stopped.</exception>
        public static SavedSae Train(
            SaeOptions options, IActivationSource activations, string? folder = null, int? threads = null,
            Action<SaeProgress>? progress = null, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(options);
            return TrainAll([(options, folder)], activations, threads, progress, cancellation)[0];
        }

        /// <summary>Trains an SAE to the end on activations in memory.</summary>
        /// <inheritdoc cref="Train(SaeOptions, IActivationSource, string?, int?, Action{SaeProgress}?, CancellationToken)"/>
        public static SavedSae Train(
            SaeOptions options, Matrix activations, string? folder = null, int? threads = null,
            Action<SaeProgress>? progress = null, CancellationToken cancellation = default) =>
            Sae.Train(options, new MatrixActivations(activations), folder, threads, progress, cancellation);

        /// <summary>Trains SAEs that differ only in their seed, side by side over the threads.</summary>
        /// <param name="options">What to train; the seed is replaced.</param>
        /// <param name="activations">The activations, <c>[rows, width]</c>.</param>
        /// <param name="seeds">The seeds.</param>
        /// <param name="folder">Where to save them, each in <c>seed_N</c>; null for nowhere.</param>
        /// <param name="threads">Threads to use; all cores if null. It never changes a result.</param>
        /// <param name="progress">Told of every step of each, from several threads; may be null.</param>
        /// <param name="cancellation">Stops all between two steps; with a folder the states are saved first.</param>
        /// <returns>The SAEs in the order of the seeds.</returns>
        /// <exception cref="ArgumentException">The options do not fit the activations, or a seed is given twice.</exception>
        /// <exception cref="NonFiniteActivationsException">The activations hold a value that is not finite.</exception>
        /// <exception cref="SaeDivergedException">A loss is not a number.</exception>
        /// <exception cref="InvalidFileException">A folder holds a training that would be lost.</exception>
        /// <exception cref="OperationCanceledException">Training was stopped.</exception>
        public static IReadOnlyList<SavedSae> TrainSeeds(
            SaeOptions options, IActivationSource activations, IReadOnlyList<long> seeds, string? folder = null, int? threads = null,
            Action<SaeProgress>? progress = null, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(options);
            ArgumentNullException.ThrowIfNull(seeds);
            if (seeds.Distinct().Count() != seeds.Count)
            {
                throw new ArgumentException("a seed is given twice: its two SAEs would be the same", nameof(seeds));
            }

            return TrainAll(
                [.. seeds.Select(seed => (options with { Seed = seed }, folder is null ? null : Path.Combine(folder, $"seed_{seed}")))],
                activations, threads, progress, cancellation);
        }

        /// <summary>Reads an SAE: a folder of this library or of another, or a file with weights (docs/interop.md lists them).</summary>
        /// <param name="path">The folder or file.</param>
        /// <exception cref="InvalidFileException">It is missing, damaged, or of a layout that cannot be read.</exception>
        public static SavedSae Load(string path) => SaeFolder.Load(path);
    }

    private static List<SavedSae> TrainAll(
        IReadOnlyList<(SaeOptions Options, string? Folder)> trainings, IActivationSource activations, int? threads,
        Action<SaeProgress>? progress, CancellationToken cancellation)
    {
        foreach (var (_, folder) in trainings)
        {
            if (folder is not null)
            {
                SaeTrainings.RequireFree(folder, resume: false);
            }
        }

        using var workers = new Workers(threads ?? Environment.ProcessorCount);
        return [.. SaeTrainings.Train(
            trainings, activations, null, resume: false, workers, progress, cancellation: cancellation).Select(result => result.Saved)];
    }
}
