using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Training;

/// <summary>Trains several SAEs on the same activations, side by side over the cores.</summary>
internal static class SaeTrainings
{
    /// <summary>Patterns of all files that a training writes into its folder, as paths with '/' in which '*' stands for anything.</summary>
    public static IReadOnlyList<string> Files => TrainingFolder.Files;

    /// <summary>
    /// Makes sure that a training to be saved in a folder takes the place of nothing else: <see cref="Train"/> does not ask.
    /// </summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="resume">Whether a training that is there is to be resumed.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">It is a file, or holds a training that would be lost.</exception>
    public static void RequireFree(string folder, bool resume)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TrainingFolder.RequireFree(folder, resume);
    }

    /// <summary>
    /// Trains all to the end. Each is trained by one thread, as many at a time as there are threads; what is left over in the last round is
    /// trained by all threads together. Each ends with the same bits as when trained alone.
    /// </summary>
    /// <param name="trainings">What to train, and where to save it (null for nowhere).</param>
    /// <param name="source">The activations.</param>
    /// <param name="provenance">Where the activations come from, for <c>cfg.json</c>.</param>
    /// <param name="resume">Whether to resume from the folders' states, where there are any.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="progress">Told of every step of each, from several threads; may be null.</param>
    /// <param name="warn">Takes lines of text where something of a folder's records was lost, from several threads; may be null.</param>
    /// <param name="cancellation">Stops all between two steps, after saving checkpoints.</param>
    /// <returns>The results, in the order of <paramref name="trainings"/>.</returns>
    public static IReadOnlyList<SaeTrainingResult> Train(
        IReadOnlyList<(SaeOptions Options, string? Folder)> trainings, IActivationSource source, Provenance? provenance,
        bool resume,
        Workers workers, Action<SaeProgress>? progress = null, Action<string>? warn = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trainings);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentNullException.ThrowIfNull(source);
        var identified = (provenance ?? new Provenance()).Identified(source);
        var results = new SaeTrainingResult[trainings.Count];
        void Train(int index, Workers own)
        {
            var (options, folder) = trainings[index];
            results[index] = new SaeTrainer(options, source, folder, identified, own)
                .Train(resume, step => progress?.Invoke(step with { Index = index }), warn, cancellation);
        }

        var sideBySide = trainings.Count / workers.Threads * workers.Threads;
        workers.For(sideBySide, (index, _) => Train(index, Workers.Alone));
        for (var index = sideBySide; index < trainings.Count; index++)
        {
            Train(index, workers);
        }

        return results;
    }
}
