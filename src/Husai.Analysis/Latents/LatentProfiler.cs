using Husai.Analysis.Stability;
using Husai.Autoencoders.Model;
using Husai.Formats.Stores;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Latents;

/// <summary>Finds out what the latents of an SAE fire on: one pass over all rows, then the rows around those that were chosen.</summary>
/// <remarks>
/// The first pass keeps for each latent the rows of its largest activations and a random sample, never the codes of all rows. Neither the
/// threads nor the size of the pieces in which rows are read change a bit of the result.
/// </remarks>
internal static class LatentProfiler
{
    // Activations of all latents that are in memory at once: 16 MiB.
    private const int CodesAtOnce = 1 << 22;
    private const int MostRowsAtOnce = 1536;

    /// <summary>Measures.</summary>
    /// <param name="sae">The SAE.</param>
    /// <param name="rows">The activations.</param>
    /// <param name="latents">The latents that are asked about, each once.</param>
    /// <param name="options">What is looked for.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>A profile for each latent, in the order given.</returns>
    /// <exception cref="ArgumentException">The rows have another width, there are none, or there is no such latent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static IReadOnlyList<LatentProfile> Measure(
        Sae sae, ITracedRows rows, IReadOnlyList<int> latents, LatentProfileOptions options, Workers? workers = null,
        Action<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sae);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(options);
        if (rows.Width != sae.Width || rows.Rows == 0)
        {
            throw new ArgumentException(
                $"the activations are [{rows.Rows}, {rows.Width}] where [1 or more, {sae.Width}] is needed", nameof(rows));
        }

        if (latents.Any(latent => latent < 0 || latent >= sae.Latents))
        {
            throw new ArgumentException($"the SAE has the latents 0 to {sae.Latents - 1}", nameof(latents));
        }

        workers ??= Workers.Alone;
        var survey = Survey(sae, rows, [.. latents], options, workers, progress, cancellation);
        var chosen = latents.Select((latent, index) => (Latent: latent, Top: survey.Largest.Of(index), Samples: survey.Sampled.Of(index)))
            .ToArray();
        var wanted = chosen.SelectMany(one => one.Top.Concat(one.Samples).Select(row => (one.Latent, row))).ToArray();
        var excerpts = new ExcerptReader(sae, rows, options.Context).Read(wanted, workers, progress, cancellation);
        var (profiles, next) = (new LatentProfile[latents.Count], 0);
        for (var index = 0; index < profiles.Length; index++)
        {
            profiles[index] = survey.ProfileOf(
                index, rows.Rows, Take(chosen[index].Top.Length), Take(chosen[index].Samples.Length));
        }

        return profiles;

        Excerpt[] Take(int count) => excerpts[next..(next += count)];
    }

    /// <summary>How many rows are encoded at once.</summary>
    internal static int RowsAtOnce(int latents) => Math.Clamp(CodesAtOnce / latents, 1, MostRowsAtOnce);

    private static FiringSurvey Survey(
        Sae sae, ITracedRows rows, int[] latents, LatentProfileOptions options, Workers workers, Action<StageProgress>? progress,
        CancellationToken cancellation)
    {
        var survey = new FiringSurvey(latents, options);
        var memory = new Matrix((int)Math.Min(RowsAtOnce(sae.Latents), rows.Rows), rows.Width);
        var tokens = new StoredToken[memory.Rows];
        for (var first = 0L; first < rows.Rows; first += memory.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var piece = memory.SliceRows(0, (int)Math.Min(memory.Rows, rows.Rows - first));
            rows.CopyTo(first, piece);
            rows.CopyTokensTo(first, tokens.AsSpan(0, piece.Rows));
            survey.Add(sae.Encode(piece, workers), first, Array.ConvertAll(tokens, DocumentOf), workers);
            progress?.Invoke(new StageProgress("activations of all rows", first + piece.Rows, rows.Rows));
        }

        return survey;
    }

    // Special tokens belong to no document: those of a context count as one of its own.
    private static long DocumentOf(StoredToken token) => token.Document >= 0 ? token.Document : ~token.Context;
}
