using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation.Plans;

namespace Husai.Transformers.Computation.Kernels;

/// <summary>Row-wise movement: copies rows by number, adds rows, and sums rows back to where they were copied from.</summary>
internal sealed class RowGather
{
    private const int RowsPerBlock = 128;
    private readonly Workers _workers;
    private readonly SegmentedSum _sums;
    private readonly Action<int, int> _copyRows;
    private readonly Action<int, int> _addRows;
    private Matrix _source = null!;
    private Matrix _target = null!;
    private int[]? _rows;

    public RowGather(Workers workers)
    {
        _workers = workers;
        _copyRows = CopyRows;
        _addRows = AddRows;
        _sums = new SegmentedSum(workers, AddEntries);
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
        _source = source;
        _sums.Run(target, index);
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

    private void AddEntries(Span<float> sum, ReadOnlySpan<int> entries)
    {
        foreach (var entry in entries)
        {
            Elementwise.Add(sum, _source.Row(entry));
        }
    }
}
