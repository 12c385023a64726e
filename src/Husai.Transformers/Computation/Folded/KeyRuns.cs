using System.Runtime.InteropServices;

namespace Husai.Transformers;

/// <summary>
/// The output rows that attend to each key, in runs, and the partial sums that they add to. Where the strands of a batch name few different keys
/// at a position, a chunk's rows are a run while they are in cache, and a strand has one partial sum for each of its keys; at other positions
/// runs go through the whole batch, at most <see cref="RowIndex.SegmentLength"/> rows at a time, with a partial sum each.
/// </summary>
internal sealed class KeyRuns
{
    // Partial sums of fewer rows on average would write more than they read.
    private const int FewestRows = 16;

    private readonly LayerPlan _plan;
    private readonly List<Run> _runs = [];
    private readonly List<int> _rows = [];
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

        var local = Enumerable.Range(0, plan.KeyCapacity).Where(position => Pairs(position, chunks) * FewestRows <= plan.OutputRows).ToArray();
        for (var strand = 0; strand < chunks.Strands; strand++)
        {
            AddStrand(strand, local, chunks);
        }

        foreach (var position in Enumerable.Range(0, plan.KeyCapacity).Except(local))
        {
            foreach (var ofKey in Enumerable.Range(0, plan.OutputRows).GroupBy(row => Key(row, position)))
            {
                foreach (var part in ofKey.Chunk(RowIndex.SegmentLength))
                {
                    AddRun(position, part, NewPartial(ofKey.Key), isFirst: true);
                }
            }
        }
    }

    /// <summary>Number of runs.</summary>
    public int Count => _runs.Count;

    /// <summary>Number of partial sums.</summary>
    public int Partials { get; private set; }

    /// <summary>The first of the runs that belong to no chunk.</summary>
    public int FirstOfBatch => _endOfChunk[^1];

    public Run this[int run] => _runs[run];

    /// <summary>The output rows of a run.</summary>
    public ReadOnlySpan<int> RowsOf(int run) => CollectionsMarshal.AsSpan(_rows).Slice(_runs[run].Start, _runs[run].Count);

    /// <summary>The runs of a chunk.</summary>
    public (int First, int End) OfChunk(int chunk) => (chunk == 0 ? 0 : _endOfChunk[chunk - 1], _endOfChunk[chunk]);

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
                ref var last = ref seenIn[Key(row, position)];
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
            foreach (var position in positions)
            {
                foreach (var ofKey in Enumerable.Range(first, end - first).GroupBy(row => Key(row, position)))
                {
                    var isFirst = !partials.TryGetValue(ofKey.Key, out var partial);
                    if (isFirst)
                    {
                        partials[ofKey.Key] = partial = NewPartial(ofKey.Key);
                    }

                    AddRun(position, ofKey, partial, isFirst);
                }
            }

            _endOfChunk[chunk] = _runs.Count;
        }
    }

    private int NewPartial(int key)
    {
        _partialsOfKey[key].Add(Partials);
        return Partials++;
    }

    private void AddRun(int position, IEnumerable<int> rows, int partial, bool isFirst)
    {
        var start = _rows.Count;
        _rows.AddRange(rows);
        _runs.Add(new Run(position, start, _rows.Count - start, partial, isFirst));
    }

    private int Key(int row, int position) => _plan.Keys[row * _plan.KeyCapacity + position];

    /// <summary>Rows that attend to one key.</summary>
    /// <param name="Position">The position in the sequence at which the key stands.</param>
    /// <param name="Start">Where its rows start in the list of them all.</param>
    /// <param name="Count">Number of rows.</param>
    /// <param name="Partial">The partial sum that it adds to.</param>
    /// <param name="IsFirst">Whether it is the first to do so.</param>
    public readonly record struct Run(int Position, int Start, int Count, int Partial, bool IsFirst);
}
