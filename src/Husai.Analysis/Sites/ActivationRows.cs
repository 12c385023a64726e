using Husai.Analysis.Geometry;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Sites;

/// <summary>
/// The rows of activations that SAEs of any network are run on: all of a source, or a random sample of many. They are read in chunks and
/// never in memory as a whole.
/// </summary>
public sealed class ActivationRows
{
    /// <summary>
    /// Rows that are used unless more are asked for: a latent that fires on 1 of 100,000 rows is expected on more than two of them.
    /// </summary>
    public const int UsualRows = 1 << 18;

    private const int ChunkRows = 1024;
    private readonly IActivationSource _source;
    private readonly int[] _rows;

    /// <summary>Chooses the rows.</summary>
    /// <param name="source">The activations; at least one row.</param>
    /// <param name="mostRows">How many rows to use at most.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <exception cref="ArgumentException">The source has no rows.</exception>
    public ActivationRows(IActivationSource source, int mostRows = UsualRows, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 1);
        if (source.Rows == 0 || source.Width == 0)
        {
            throw new ArgumentException($"the activations are [{source.Rows}, {source.Width}]: too few to measure on", nameof(source));
        }

        _source = source;
        _rows = Chosen(source.Rows, mostRows, seed, "activations.rows");
    }

    /// <summary>Number of rows used.</summary>
    public int Rows => _rows.Length;

    /// <summary>Number of rows that there are.</summary>
    public int Available => _source.Rows;

    /// <summary>Width of the activations.</summary>
    public int Width => _source.Width;

    /// <summary>Mean and covariance of the rows.</summary>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="NonFiniteActivationsException">The rows hold a value that is not finite.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Covariance Covariance(Workers? workers = null, Action<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        long done = 0;
        return Geometry.Covariance.OfChunks(Width, Chunks, workers);

        IEnumerable<Matrix> Chunks()
        {
            var memory = new Matrix(Math.Min(ChunkRows, Rows), Width);
            for (var start = 0; start < Rows; start += ChunkRows)
            {
                cancellation.ThrowIfCancellationRequested();
                var chunk = Read(memory, start);
                yield return chunk;
                done += chunk.Rows;
                progress?.Invoke(new StageProgress("covariance of the activations", done, 2L * Rows));
            }
        }
    }

    /// <summary>For each latent the share of the rows on which it fires.</summary>
    /// <param name="name">What messages and progress call the SAE.</param>
    /// <param name="sae">The SAE.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArgumentException">The SAE reads another width.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public double[] FiringFrequencies(
        string name, Sae sae, Workers? workers = null, Action<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sae);
        RequireWidth(name, sae.Width);
        return Autoencoders.Metrics.FiringFrequencies.Of(
            sae, _source, _rows, workers, done => progress?.Invoke(new StageProgress($"firing frequencies of {name}", done, Rows)),
            cancellation);
    }

    /// <summary>Some of the rows at random, in memory.</summary>
    /// <param name="mostRows">How many at most.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <returns><c>[rows, width]</c>.</returns>
    public Matrix Sample(int mostRows, ulong seed = 0)
    {
        var chosen = Array.ConvertAll(Chosen(Rows, mostRows, seed, "activations.sample"), row => _rows[row]);
        var sample = new Matrix(chosen.Length, Width);
        _source.CopyRows(chosen, sample);
        return sample;
    }

    /// <summary>Refuses an SAE of another width.</summary>
    internal void RequireWidth(string name, int width)
    {
        if (width != Width)
        {
            throw new ArgumentException($"{name} has width {width} but the activations have width {Width}");
        }
    }

    private Matrix Read(Matrix memory, int start)
    {
        var rows = _rows.AsSpan(start, Math.Min(memory.Rows, Rows - start));
        var chunk = memory.SliceRows(0, rows.Length);
        _source.CopyRows(rows, chunk);
        NonFiniteActivationsException.ThrowIfAny(chunk, rows);
        return chunk;
    }

    // In the order of the file, so that it is read from front to back.
    private static int[] Chosen(int rows, int mostRows, ulong seed, string purpose)
    {
        if (rows <= mostRows)
        {
            return [.. Enumerable.Range(0, rows)];
        }

        var chosen = new RandomStream(seed, purpose).Sample(rows, mostRows);
        Array.Sort(chosen);
        return chosen;
    }
}
