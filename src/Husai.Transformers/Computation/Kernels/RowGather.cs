using Husai.Numerics;

namespace Husai.Transformers;

/// <summary>Row-wise movement: copies rows by number, adds rows, and sums rows back to where they were copied from.</summary>
internal sealed class RowGather
{
    private const int RowsPerBlock = 128;
    private const int SegmentsPerBlock = 8;
    private readonly Workers _workers;
    private readonly Scratch _partialMemory = new();
    private readonly Action<int, int> _copyRows;
    private readonly Action<int, int> _addRows;
    private readonly Action<int, int> _sumSegments;
    private Matrix _source = null!;
    private Matrix _target = null!;
    private Matrix _partials = null!;
    private int[]? _rows;
    private RowIndex _index = null!;

    public RowGather(Workers workers)
    {
        _workers = workers;
        _copyRows = CopyRows;
        _addRows = AddRows;
        _sumSegments = SumSegments;
    }

    /// <summary>target[i] = source[rows[i]]; null copies row by row.</summary>
    public void Copy(Matrix target, Matrix source, int[]? rows)
    {
        (_target, _source, _rows) = (target, source, rows);
        _workers.For((target.Rows + RowsPerBlock - 1) / RowsPerBlock, _copyRows);
    }

    /// <summary>target += source.</summary>
    public void Add(Matrix target, Matrix source)
    {
        (_target, _source) = (target, source);
        _workers.For((target.Rows + RowsPerBlock - 1) / RowsPerBlock, _addRows);
    }

    /// <summary>target[i] += the sum of the rows of source that <paramref name="index"/> lists for i, in order.</summary>
    public void AddSums(Matrix target, Matrix source, RowIndex index)
    {
        (_target, _source, _index) = (target, source, index);
        _partials = _partialMemory.View(index.Partials, source.Columns);
        _workers.For((index.Segments.Length + SegmentsPerBlock - 1) / SegmentsPerBlock, _sumSegments);
        foreach (var split in index.SplitRows)
        {
            for (var partial = split.FirstPartial; partial < split.FirstPartial + split.Count; partial++)
            {
                Elementwise.Add(target.Row(split.Row), _partials.Row(partial));
            }
        }
    }

    private void CopyRows(int block, int worker)
    {
        for (var row = block * RowsPerBlock; row < Math.Min((block + 1) * RowsPerBlock, _target.Rows); row++)
        {
            _source.Row(_rows is null ? row : _rows[row]).CopyTo(_target.Row(row));
        }
    }

    private void AddRows(int block, int worker)
    {
        for (var row = block * RowsPerBlock; row < Math.Min((block + 1) * RowsPerBlock, _target.Rows); row++)
        {
            Elementwise.Add(_target.Row(row), _source.Row(row));
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

            foreach (var entry in _index.Entries.AsSpan(segment.Start, segment.Count))
            {
                Elementwise.Add(sum, _source.Row(entry));
            }
        }
    }
}
