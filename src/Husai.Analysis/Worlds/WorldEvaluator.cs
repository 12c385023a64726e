using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Sampling;

namespace Husai.Analysis.Worlds;

/// <summary>Evaluates an SAE on samples whose features are known.</summary>
internal static class WorldEvaluator
{
    private const int SamplesAtOnce = 1024;

    /// <summary>Evaluates. The result depends on SAE and samples alone, not on threads.</summary>
    /// <param name="sae">
    /// The SAE, whose weights decide what fires: one that was trained to keep the largest of a batch fires by its threshold, unless
    /// <paramref name="largestOfBatch"/> is given.
    /// </param>
    /// <param name="known">The samples; those of a world should have another seed than for training.</param>
    /// <param name="samples">How many, at least 1: the first ones.</param>
    /// <param name="workers">Threads to use; the calling one by default. A view's token ends the evaluation.</param>
    /// <param name="progress">Told how many samples are done; may be null.</param>
    /// <param name="largestOfBatch">
    /// k of an SAE that was trained to keep the k x rows largest pre-activations of a batch: it keeps as many of each 1,024 samples here,
    /// as SynthSAEBench evaluates, whatever its threshold. Null for what the SAE does with a row alone.
    /// </param>
    /// <exception cref="ArgumentException">The widths differ, or there are too many directions to assign.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The workers' token is set.</exception>
    public static WorldEvaluation Evaluate(
        Sae sae, IKnownSamples known, int samples, Workers? workers = null, Action<int>? progress = null,
        int? largestOfBatch = null)
    {
        ArgumentNullException.ThrowIfNull(sae);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        workers ??= Workers.Alone;
        var recovery = TruthRecovery.Find(sae.Decoder, known.Dictionary, workers);
        var sums = new EvaluationSums(sae, recovery, known.Dictionary, known.Trees, workers, largestOfBatch);
        for (var first = 0; first < samples; first += SamplesAtOnce)
        {
            workers.Cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(SamplesAtOnce, samples - first);
            var hidden = new Matrix(count, known.Dictionary.Columns);
            sums.Add(hidden, known.Read(first, hidden, workers));
            progress?.Invoke(first + count);
        }

        return sums.ToEvaluation();
    }
}
