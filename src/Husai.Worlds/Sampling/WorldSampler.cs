using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;
using Husai.Worlds.Model;

namespace Husai.Worlds.Sampling;

/// <summary>Sees what fires in one sample.</summary>
/// <param name="position">Position of the sample among those asked for.</param>
/// <param name="features">Which features fire, each once; in the same order whenever the sample is drawn. Valid during the call only.
/// </param>
/// <param name="magnitudes">The magnitude of each, above 0.</param>
/// <param name="worker">Number of the thread in [0, workers.Threads), for scratch memory of the visitor's own.</param>
internal delegate void SampleVisitor(int position, ReadOnlySpan<int> features, ReadOnlySpan<float> magnitudes, int worker);

/// <summary>
/// Samples of a world. A sample is a function of seed and index: it can be drawn again alone, in any order and on any number of threads,
/// with the same bits.
/// </summary>
/// <remarks>
/// Only what fires is touched. Whether a feature without parent may fire is read from 8 bits of its uniform number and its threshold;
/// children are looked at where their parent fires. The uniform numbers that decide what fires are odd multiples of 2^-41: a probability is
/// exact to that. Any number of threads may draw from one sampler.
/// </remarks>
internal sealed class WorldSampler : IKnownSamples
{
    private const string Purpose = "world.sample";

    // The thresholds of a block's rows, part by part, lie in the second-level cache while they are read.
    private const int RowsPerBlock = 32;
    private const int FeaturesPerPart = 1024;
    private const int RowsAtOnce = 4096;
    private readonly FiringThresholds _thresholds;
    private readonly RandomStream _stream;

    /// <summary>Prepares to draw.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">Seed of the samples; another one gives unrelated samples of the same world.</param>
    /// <exception cref="ArgumentNullException"><paramref name="world"/> is null.</exception>
    public WorldSampler(World world, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(world);
        World = world;
        _thresholds = new FiringThresholds(world);
        _stream = new RandomStream(seed, Purpose);
    }

    /// <summary>What is drawn from.</summary>
    public World World { get; }

    /// <inheritdoc/>
    public Matrix Dictionary => World.Dictionary;

    /// <inheritdoc/>
    public FeatureTrees Trees => World.Trees;

    /// <summary>Draws some samples and shows each.</summary>
    /// <param name="indices">Which, at least 0, in any order.</param>
    /// <param name="visitor">Called once for each, by several threads at once.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative.</exception>
    public void Visit(ReadOnlySpan<int> indices, SampleVisitor visitor, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        workers ??= Workers.Alone;
        var draws = new SampleDraws?[workers.Threads];
        for (var start = 0; start < indices.Length; start += RowsAtOnce)
        {
            Visit(indices.Slice(start, Math.Min(RowsAtOnce, indices.Length - start)), start, visitor, draws, workers);
        }
    }

    /// <summary>Draws the hidden vectors of some samples.</summary>
    /// <param name="indices">Which, at least 0, in any order.</param>
    /// <param name="hidden"><c>[samples, width]</c>: receives one row for each.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException"><paramref name="hidden"/> has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative.</exception>
    public void CopyHidden(ReadOnlySpan<int> indices, Matrix hidden, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        if (hidden.Rows != indices.Length || hidden.Columns != World.Width)
        {
            throw new ArgumentException($"hidden is {hidden.Shape} where [{indices.Length}, {World.Width}] is needed", nameof(hidden));
        }

        Visit(indices, (position, features, magnitudes, _) => Combine(features, magnitudes, hidden.Row(position)), workers);
    }

    /// <summary>The hidden vector of what fires.</summary>
    /// <param name="features">Which features fire.</param>
    /// <param name="magnitudes">The magnitude of each.</param>
    /// <param name="hidden">Receives the vector.</param>
    public void Combine(ReadOnlySpan<int> features, ReadOnlySpan<float> magnitudes, Span<float> hidden)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(magnitudes.Length, features.Length, nameof(magnitudes));
        ArgumentOutOfRangeException.ThrowIfNotEqual(hidden.Length, World.Width, nameof(hidden));
        World.Bias.CopyTo(hidden);
        DirectionSum.Add(hidden, World.Dictionary, features, magnitudes);
    }

    /// <inheritdoc/>
    public int[][] Read(int first, Matrix hidden, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hidden.Columns, World.Width, nameof(hidden));
        var firing = new int[hidden.Rows][];
        Visit(
            [.. Enumerable.Range(first, hidden.Rows)],
            (position, features, magnitudes, _) =>
            {
                firing[position] = features.ToArray();
                Combine(features, magnitudes, hidden.Row(position));
            },
            workers);
        return firing;
    }

    private void Visit(ReadOnlySpan<int> indices, int firstPosition, SampleVisitor visitor, SampleDraws?[] draws, Workers workers)
    {
        var factors = new Matrix(indices.Length, _thresholds.Factors);
        var streams = new SampleStream[indices.Length];
        for (var row = 0; row < indices.Length; row++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(indices[row], nameof(indices));
            streams[row] = new SampleStream(_stream.WithIndex((uint)indices[row]));
            streams[row].FillFactors(factors.Row(row)[.._thresholds.One]);
            factors.Row(row)[_thresholds.One] = 1;
        }

        MatrixProduct.VisitBlocks(
            factors.SliceColumns(0, _thresholds.One + 1), _thresholds.WithoutParent, default, RowsPerBlock, FeaturesPerPart,
            (firstRow, firstFeature, thresholds, worker) =>
            {
                var own = draws[worker] ??= new SampleDraws(World, _thresholds, RowsPerBlock);
                for (var row = 0; row < thresholds.Rows; row++)
                {
                    own.Look(streams[firstRow + row], row, firstFeature, thresholds.Row(row));
                }

                for (var row = 0; row < thresholds.Rows && firstFeature + thresholds.Columns == _thresholds.WithoutParent.Columns; row++)
                {
                    own.Run(streams[firstRow + row], row, factors, firstRow + row);
                    visitor(firstPosition + firstRow + row, own.Sample.Features, own.Sample.Magnitudes, worker);
                }
            },
            workers);
    }
}
