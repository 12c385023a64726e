using System.Runtime.InteropServices;
using Husai.Transformers.Computation.Plans;

namespace Husai.Transformers.Computation.Folded;

/// <summary>
/// The entries of <see cref="LayerPlan.Keys"/> in the order in which a key's sum is best made. Where the strands of a batch name few
/// different keys at a position, a chunk's entries are summed in runs while their rows are in cache, and a strand has one partial sum for
/// each of its keys; those at other positions wait for the whole batch. A key stands at one position, so that it is summed in one of the
/// two ways.
/// </summary>
internal sealed class KeyRuns
{
    // Partial sums of fewer rows on average would write more than they read.
    private const int FewestRows = 16;

    private readonly LayerPlan _plan;
    private readonly List<Run> _runs = [];
    private readonly List<int> _entries = [];
    private readonly int[] _endOfChunk;
    private readonly List<int>[] _partialsOfKey;

    public KeyRuns(LayerPlan plan, BatchChunks chunks)
    {
        _plan = plan;
        _endOfChunk = new int[chunks.Count];
        _partialsOfKey = new List<int>[plan.InputRows];
        for (var key = 0; key < _partialsOfKey.Length; key++)
        {
            _partialsOfKey[key] = [];
        }

        var local = Enumerable.Range(0, plan.KeyCapacity).Where(position => Pairs(position, chunks) * FewestRows <= plan.OutputRows)
            .ToArray();
        for (var strand = 0; strand < chunks.Strands; strand++)
        {
            AddStrand(strand, local, chunks);
        }

        OfBatch = new RowIndex(
            [.. plan.Keys.Select((key, entry) => local.Contains(entry % plan.KeyCapacity) ? -1 : key)], plan.InputRows, offset: 0);
    }

    /// <summary>Number of partial sums.</summary>
    public int Partials { get; private set; }

    /// <summary>The entries that belong to no chunk, by key.</summary>
    public RowIndex OfBatch { get; }

    /// <summary>The runs of a chunk.</summary>
    public ReadOnlySpan<Run> OfChunk(int chunk)
    {
        var first = chunk == 0 ? 0 : _endOfChunk[chunk - 1];
        return CollectionsMarshal.AsSpan(_runs)[first.._endOfChunk[chunk]];
    }

    /// <summary>The entries of a run.</summary>
    public ReadOnlySpan<int> EntriesOf(in Run run) => CollectionsMarshal.AsSpan(_entries).Slice(run.Start, run.Count);

    /// <summary>The partial sums of a key, in the order in which they are added.</summary>
    public IReadOnlyList<int> PartialsOf(int key) => _partialsOfKey[key];

    private int Pairs(int position, BatchChunks chunks)
    {
        var seenIn = new int[_plan.InputRows];
        var pairs = 0;
        for (var strand = 0; strand < chunks.Strands; strand++)
        {
            var (firstChunk, endChunk) = chunks.OfStrand(strand);
            for (var row = chunks.Rows(firstChunk).First; row < chunks.Rows(endChunk - 1).End; row++)
            {
                ref var last = ref seenIn[_plan.Keys[Entry(row, position)]];
                pairs += last == strand + 1 ? 0 : 1;
                last = strand + 1;
            }
        }

        return pairs;
    }

    private void AddStrand(int strand, int[] positions, BatchChunks chunks)
    {
        var partials = new Dictionary<int, int>();
        var (firstChunk, endChunk) = chunks.OfStrand(strand);
        for (var chunk = firstChunk; chunk < endChunk; chunk++)
        {
            var (first, end) = chunks.Rows(chunk);
            foreach (var ofKey in positions.SelectMany(position => Enumerable.Range(first, end - first).Select(row => Entry(row, position)))
                .GroupBy(entry => _plan.Keys[entry]))
            {
                var isFirst = !partials.TryGetValue(ofKey.Key, out var partial);
                if (isFirst)
                {
                    partials[ofKey.Key] = partial = Partials++;
                    _partialsOfKey[ofKey.Key].Add(partial);
                }

                var start = _entries.Count;
                _entries.AddRange(ofKey);
                _runs.Add(new Run(start, _entries.Count - start, partial, isFirst));
            }

            _endOfChunk[chunk] = _runs.Count;
        }
    }

    private int Entry(int row, int position) => row * _plan.KeyCapacity + position;

    /// <summary>Entries that name one key.</summary>
    /// <param name="Start">Where they start in the list of them all.</param>
    /// <param name="Count">How many they are.</param>
    /// <param name="Partial">The partial sum that they add to.</param>
    /// <param name="IsFirst">Whether they are the first to do so.</param>
    public readonly record struct Run(int Start, int Count, int Partial, bool IsFirst);
}
