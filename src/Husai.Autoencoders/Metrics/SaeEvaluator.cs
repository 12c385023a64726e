using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Training;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Metrics;

/// <summary>Measures an SAE on rows of activations.</summary>
public static class SaeEvaluator
{
    // By the problem's size only: sums are combined chunk by chunk, block by block.
    private const int ChunkRows = 1536;

    /// <summary>Measures on all rows of a source.</summary>
    /// <param name="sae">What to measure.</param>
    /// <param name="source">The activations.</param>
    /// <param name="deadThreshold">Latents that fire on a smaller share of the rows are dead.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">The source has another width, or no rows.</exception>
    /// <exception cref="NonFiniteActivationsException">The source holds a value that is not finite.</exception>
    public static ReconstructionMetrics Evaluate(
        Sae sae, IActivationSource source, double deadThreshold = 1e-5, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Evaluate(sae, source, [.. Enumerable.Range(0, source.Rows)], deadThreshold, workers);
    }

    /// <summary>
    /// Measures as training does: on the held-out rows, but the share of dead latents and the firing frequencies on all rows, or on so many
    /// of them, evenly spaced.
    /// </summary>
    /// <param name="sae">What to measure.</param>
    /// <param name="source">The activations that it was trained on.</param>
    /// <param name="heldOutFraction">Share of the rows that was held out; of 0 all rows are measured.</param>
    /// <param name="deadThreshold">Latents that fire on a smaller share of the rows are dead.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="firingRows">Rows for the firing frequencies; all if null or more than there are.</param>
    /// <exception cref="ArgumentException">The source has another width, or no rows.</exception>
    /// <exception cref="NonFiniteActivationsException">A row that is measured holds a value that is not finite.</exception>
    public static ReconstructionMetrics EvaluateHeldOut(
        Sae sae, IActivationSource source, double heldOutFraction, double deadThreshold = 1e-5, Workers? workers = null,
        int? firingRows = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        workers ??= Workers.Alone;
        var split = new RowSplit(source.Rows, heldOutFraction);
        var spaced = EvenlySpaced(source.Rows, Math.Min(firingRows ?? source.Rows, source.Rows));
        Sums(source, spaced, workers);
        var frequencies = FiringFrequencies.Of(sae, source, spaced, workers, cancellation: workers.Cancellation);
        return Evaluate(sae, source, split.Measured, deadThreshold, workers) with
        {
            DeadFraction = FiringFrequencies.DeadShare(frequencies, deadThreshold),
            FiringFrequencies = frequencies,
        };
    }

    /// <summary>Measures on some rows of a source.</summary>
    /// <param name="sae">What to measure.</param>
    /// <param name="source">The activations.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="deadThreshold">Latents that fire on a smaller share of the rows are dead.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">The source has another width, or there are no rows.</exception>
    /// <exception cref="NonFiniteActivationsException">The rows hold a value that is not finite.</exception>
    public static ReconstructionMetrics Evaluate(
        Sae sae, IActivationSource source, int[] rows, double deadThreshold = 1e-5, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(sae);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rows);
        if (source.Width != sae.Width || rows.Length == 0)
        {
            throw new ArgumentException(
                $"the activations are [{rows.Length}, {source.Width}] where [1 or more, {sae.Width}] is needed", nameof(source));
        }

        workers ??= Workers.Alone;
        var mean = Mean(source, rows, workers);
        var total = new MetricSums(sae.Width, sae.Latents);
        var forward = sae.MakeReady();
        foreach (var chunk in Chunks(source, rows, workers))
        {
            foreach (var block in Measure(forward, chunk, mean, sae.Latents, workers))
            {
                total.Add(block);
            }
        }

        return total.ToMetrics(mean, deadThreshold);
    }

    private static MetricSums[] Measure(SaeForward forward, Matrix chunk, double[] mean, int latents, Workers workers)
    {
        var blocks = new MetricSums[(chunk.Rows + SaeForward.RowsPerBlock - 1) / SaeForward.RowsPerBlock];
        forward.Encode(
            chunk,
            (firstRow, entries) =>
            {
                var sums = new MetricSums(chunk.Columns, latents);
                var reconstruction = new Matrix(1, Lanes.Padded(chunk.Columns));
                for (var row = 0; row < entries.Rows; row++)
                {
                    forward.Decode(reconstruction, entries, row);
                    sums.AddRow(chunk.Row(firstRow + row), reconstruction.Row(0)[..chunk.Columns], mean);
                }

                sums.AddCodes(entries);
                blocks[firstRow / SaeForward.RowsPerBlock] = sums;
            },
            workers);
        return blocks;
    }

    private static int[] EvenlySpaced(int rows, int count) => [.. Enumerable.Range(0, count).Select(n => (int)((long)n * rows / count))];

    private static double[] Mean(IActivationSource source, int[] rows, Workers workers) =>
        Array.ConvertAll(Sums(source, rows, workers), sum => sum / rows.Length);

    // Of rows that hold a value that is not finite there are none.
    private static double[] Sums(IActivationSource source, int[] rows, Workers workers)
    {
        var total = new double[source.Width];
        var sums = new double[source.Width];
        foreach (var chunk in Chunks(source, rows, workers))
        {
            Reductions.ColumnSums(sums, chunk);
            for (var column = 0; column < total.Length; column++)
            {
                total[column] += sums[column];
            }
        }

        if (!total.All(double.IsFinite))
        {
            NonFiniteActivationsException.ThrowIfAny(source, rows);
        }

        return total;
    }

    private static IEnumerable<Matrix> Chunks(IActivationSource source, int[] rows, Workers workers)
    {
        for (var start = 0; start < rows.Length; start += ChunkRows)
        {
            workers.Cancellation.ThrowIfCancellationRequested();
            var chunk = new Matrix(Math.Min(ChunkRows, rows.Length - start), source.Width);
            SourceRows.Copy(source, rows.AsMemory(start, chunk.Rows), chunk, workers);
            yield return chunk;
        }
    }
}
