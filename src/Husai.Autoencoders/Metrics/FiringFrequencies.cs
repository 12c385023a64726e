using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Metrics;

/// <summary>How often the latents of an SAE fire on given rows.</summary>
internal static class FiringFrequencies
{
    // Rows in memory at a time; the counts do not depend on it.
    private const int ChunkRows = 1536;

    /// <summary>Counts on which share of the rows each latent fires.</summary>
    /// <param name="sae">The SAE.</param>
    /// <param name="source">The activations.</param>
    /// <param name="rows">Which rows; at least one.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told the number of rows done so far.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>For each latent a share in [0, 1].</returns>
    /// <exception cref="ArgumentException">The source has another width, or there are no rows.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static double[] Of(
        Sae sae, IActivationSource source, int[] rows, Workers? workers = null, Action<long>? progress = null,
        CancellationToken cancellation = default)
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
        var isAlone = workers.Threads == 1;
        var forward = sae.MakeReady();
        var fired = new long[sae.Latents];
        var memory = new Matrix(Math.Min(ChunkRows, rows.Length), source.Width);
        for (var start = 0; start < rows.Length; start += ChunkRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var chunk = memory.SliceRows(0, Math.Min(ChunkRows, rows.Length - start));
            SourceRows.Copy(source, rows.AsMemory(start, chunk.Rows), chunk, workers);
            forward.Encode(chunk, (_, entries) => Count(entries, fired, isAlone), workers);
            progress?.Invoke(start + chunk.Rows);
        }

        return Array.ConvertAll(fired, count => count / (double)rows.Length);
    }

    /// <summary>Share of the latents that fire less often than a threshold.</summary>
    internal static double DeadShare(double[] frequencies, double threshold) =>
        frequencies.Count(frequency => frequency < threshold) / (double)frequencies.Length;

    // Whole numbers: the order in which threads add them does not matter.
    private static unsafe void Count(EntryBlock entries, long[] fired, bool isAlone)
    {
        for (var n = 0; n < entries.Count; n++)
        {
            if (entries.Values[n] == 0)
            {
                continue;
            }

            ref var count = ref fired[entries.Latents[n]];
            if (isAlone)
            {
                count++;
            }
            else
            {
                Interlocked.Increment(ref count);
            }
        }
    }
}
