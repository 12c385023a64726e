using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Stability;

/// <summary>When agreement forms: the same measures at the checkpoints of the same runs.</summary>
internal static class StabilityDynamics
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
        return [
            .. checkpoints.Select(checkpoint =>
                At(checkpoint.Step, checkpoint.Dictionaries, checkpoints[^1].Dictionaries, options, activations, workers))];
    }

    /// <summary>Measures one checkpoint.</summary>
    /// <param name="step">The step.</param>
    /// <param name="dictionaries">The dictionaries of all seeds at this step.</param>
    /// <param name="last">Those at the end, in the same order.</param>
    /// <param name="options">How similarity and chance are measured.</param>
    /// <param name="activations">Covariance of the activations, or null.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="circuit">The circuit to compare them with, or null.</param>
    /// <param name="atEnd">The agreement at the end, where it has been measured already; else it is measured.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <remarks>
    /// Before the end there are fewer draws of the same shape and none that are turned: they serve a curve, and no verdict. Trainings that
    /// share their start share it at every step: what those at the end know of it, by seed or by starting weights, holds for all, since a
    /// snapshot does not know where its training began.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentException">The step has other dictionaries than the last, or fewer than two.</exception>
    public static DynamicsPoint At(
        long step, IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<LatentDictionary> last, StabilityOptions? options = null,
        Covariance? activations = null, Workers? workers = null, Circuit? circuit = null, SeedSimilarity? atEnd = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        ArgumentNullException.ThrowIfNull(last);
        options ??= new StabilityOptions();
        if (dictionaries.Count != last.Count)
        {
            throw new ArgumentException($"step {step} has {dictionaries.Count} dictionaries, the last {last.Count}", nameof(dictionaries));
        }

        var isEnd = dictionaries.Zip(last).All(pair => ReferenceEquals(pair.First, pair.Second));
        var agreement = isEnd && atEnd is not null ? atEnd
            : Agreement(dictionaries, options, isEnd ? null : KnownStarts(last), activations, workers, cancellation);
        var toFinal = dictionaries.Zip(
            last,
            (dictionary, final) => DictionarySimilarity.Between(dictionary, final, options.Similarity, workers, cancellation)).ToArray();
        var directions = dictionaries.Zip(toFinal, (dictionary, similarity) => similarity.First.RowsOf(dictionary.Decoder)).ToArray();
        return new DynamicsPoint(step, agreement, Jackknife.OfMean([.. toFinal.Select(similarity => similarity.Value)], options.Confidence))
        {
            Alive = [.. toFinal.Select(similarity => similarity.First.Latents.Length)],
            Circuit = circuit is null ? null : CircuitAgreement.Of(circuit, directions, options.ChanceSeed, workers),
        };
    }

    // Final weights only hint at a start: those of the step itself do so no less.
    private static SharedStart[] KnownStarts(IReadOnlyList<LatentDictionary> last) =>
        [.. SharedStarts.Of(last).Where(start => start.Evidence != SharedStartEvidence.FinalWeights)];

    // Single latents, one-to-one tables and references belong to the whole measurement.
    private static SeedSimilarity Agreement(
        IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions options, IReadOnlyList<SharedStart>? startsOfEnd,
        Covariance? activations, Workers? workers,
        CancellationToken cancellation)
    {
        DictionarySet.Require(dictionaries, 2, activations);
        var isEnd = startsOfEnd is null;
        var asked = options with { Parts = isEnd ? options.Parts & StabilityParts.Turned : StabilityParts.None, FurtherSimilarities = [] };
        if (!isEnd && asked.ChanceDraws is null)
        {
            int[] sizes = [.. dictionaries.Select(dictionary => LatentSelection.Of(dictionary, options.Similarity).Latents.Length)];
            asked = asked with { ChanceDraws = ChanceDraws.OfSnapshot(sizes) };
        }

        return new StabilityMeasurement(dictionaries, asked, activations, new StudyRunner(workers, null, cancellation), startsOfEnd)
            .Measure(null).Main;
    }
}
