using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation.Plans;

namespace Husai.Transformers.Computation.Kernels;

/// <summary>
/// Sums over the entries of each row of a <see cref="RowIndex"/>: segments in parallel, then the partial sums of long rows in order.
/// No two threads write one row, and the shape of a sum does not depend on who computes it.
/// </summary>
internal sealed class SegmentedSum
{
    private const int SegmentsPerBlock = 8;
    private readonly Workers _workers;
    private readonly GrowingMatrix _partialMemory = new();
    private readonly Action<int, int> _sumSegments;
    private readonly AddEntries _add;
    private RowIndex _index = null!;
    private Matrix _target = null!;
    private Matrix _partials = null!;

    /// <summary>Prepares sums.</summary>
    /// <param name="workers">Threads to use.</param>
    /// <param name="add">Adds entries, in order, to a row.</param>
    public SegmentedSum(Workers workers, AddEntries add)
    {
        _workers = workers;
        _add = add;
        _sumSegments = SumSegments;
    }

    /// <summary>Adds consecutive entries of a row to its sum.</summary>
    public delegate void AddEntries(Span<float> sum, ReadOnlySpan<int> entries);

    /// <summary>Adds to each row of <paramref name="target"/> the sum of its entries.</summary>
    public void Run(Matrix target, RowIndex index)
    {
        (_target, _index) = (target, index);
        _partials = _partialMemory.View(index.Partials, target.Columns);
        _workers.For((index.Segments.Length + SegmentsPerBlock - 1) / SegmentsPerBlock, _sumSegments);
        foreach (var split in index.SplitRows)
        {
            for (var partial = split.FirstPartial; partial < split.FirstPartial + split.Count; partial++)
            {
                Elementwise.Add(target.Row(split.Row), _partials.Row(partial));
            }
        }
    }

    private void SumSegments(int block, int worker)
    {
        var segments = _index.Segments;
        for (var i = block * SegmentsPerBlock; i < Math.Min((block + 1) * SegmentsPerBlock, segments.Length); i++)
        {
            var segment = segments[i];
            var sum = segment.Partial < 0 ? _target.Row(segment.Row) : _partials.Row(segment.Partial);
            if (segment.Partial >= 0)
            {
                sum.Clear();
            }

            _add(sum, _index.Entries.AsSpan(segment.Start, segment.Count));
        }
    }
}
