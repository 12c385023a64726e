using Husai.Analysis.Stability;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Latents;

/// <summary>Reads the activations of latents on the rows around chosen ones. A row that several excerpts share is encoded once.</summary>
/// <param name="sae">The SAE.</param>
/// <param name="rows">The activations.</param>
/// <param name="reach">Rows of an excerpt on each side of the chosen one.</param>
internal sealed class ExcerptReader(Sae sae, ITracedRows rows, int reach)
{
    /// <summary>Reads.</summary>
    /// <param name="wanted">Latents and the rows on which they fire, in any order.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The excerpts, in the order of <paramref name="wanted"/>.</returns>
    public Excerpt[] Read(
        IReadOnlyList<(int Latent, FiringRow Row)> wanted, Workers workers, Action<StageProgress>? progress, CancellationToken cancellation)
    {
        // From front to back, so that what is known of a shard's rows is read once.
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(index => wanted[index].Row.Row)];
        var windows = new ExcerptWindow[wanted.Count];
        foreach (var index in order)
        {
            cancellation.ThrowIfCancellationRequested();
            windows[index] = ExcerptWindow.Around(wanted[index].Row, wanted[index].Latent, rows, reach);
        }

        Fill([.. windows.OrderBy(window => window.First)], workers, progress, cancellation);
        return Array.ConvertAll(windows, window => window.ToExcerpt());
    }

    private void Fill(
        ExcerptWindow[] windows, Workers workers, Action<StageProgress>? progress, CancellationToken cancellation)
    {
        // The longest window fits.
        var memory = new Matrix(Math.Max(LatentProfiler.RowsAtOnce(sae.Latents), 2 * reach + 1), rows.Width);
        for (var next = 0; next < windows.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var pieces = Pieces(windows, ref next, memory.Rows);
            var filled = 0;
            foreach (var piece in pieces)
            {
                rows.CopyTo(piece.First, memory.SliceRows(filled, piece.Count));
                filled += piece.Count;
            }

            var codes = sae.Encode(memory.SliceRows(0, filled), workers);
            var start = 0;
            foreach (var piece in pieces)
            {
                Distribute(windows.AsSpan(piece.Windows), piece.First, codes.SliceRows(start, piece.Count));
                start += piece.Count;
            }

            progress?.Invoke(new StageProgress("excerpts", next, windows.Length));
        }
    }

    // Runs of rows that windows cover, until the memory is full.
    private static List<(long First, int Count, Range Windows)> Pieces(ExcerptWindow[] windows, ref int next, int most)
    {
        var pieces = new List<(long First, int Count, Range Windows)>();
        for (var room = most; next < windows.Length;)
        {
            var (first, begin, end) = (windows[next].First, next, windows[next].End);
            for (; next < windows.Length && windows[next].First <= end && Math.Max(end, windows[next].End) - first <= room; next++)
            {
                end = Math.Max(end, windows[next].End);
            }

            if (next == begin)
            {
                break;
            }

            pieces.Add((first, (int)(end - first), begin..next));
            room -= (int)(end - first);
        }

        return pieces;
    }

    private static void Distribute(ReadOnlySpan<ExcerptWindow> windows, long first, Matrix codes)
    {
        foreach (var window in windows)
        {
            for (var place = 0; place < window.Activations.Length; place++)
            {
                window.Activations[place] = codes[(int)(window.First - first) + place, window.Latent];
            }
        }
    }
}
