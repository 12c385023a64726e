namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// Brings the price of a free column down to zero: along the cheapest path some row moves to it, another to that row's column and so on,
/// until a column is free whose price the path has paid for. It is a path search from the columns' side, which only an assignment that went
/// on from old prices needs.
/// </summary>
internal sealed class ColumnRelease(SparseAssignment assignment)
{
    private readonly CandidateGraph _byColumn = assignment.Graph.Transpose();
    private readonly DistanceQueue _queue = new(assignment.Graph.Columns);
    private readonly int[] _columnBefore = new int[assignment.Graph.Columns];
    private readonly float[] _valueBefore = new float[assignment.Graph.Columns];

    public void Release(int freeColumn)
    {
        _queue.Clear();
        _queue.Offer(freeColumn, 0);
        var (end, reached) = (freeColumn, assignment.Price[freeColumn]);
        while (_queue.Nearest < reached)
        {
            var column = _queue.TakeNearest();
            Relax(column, _queue.Distance(column), ref end, ref reached);
        }

        foreach (var column in _queue.Taken)
        {
            assignment.Price[column] = Math.Max(0, assignment.Price[column] - (reached - _queue.Distance(column)));
        }

        assignment.Price[end] = 0;
        Flip(freeColumn, end);
    }

    private void Relax(int column, double distance, ref int end, ref double reached)
    {
        for (var at = _byColumn.Start[column]; at < _byColumn.Start[column + 1]; at++)
        {
            var row = _byColumn.Column[at];
            var left = assignment.ColumnOfRow[row];
            var through = Math.Max(distance, distance + assignment.Profit(row) + assignment.Price[column] - _byColumn.Value[at]);
            if (left == column || !(through < reached) || !_queue.Offer(left, through))
            {
                continue;
            }

            (_columnBefore[left], _valueBefore[left]) = (column, _byColumn.Value[at]);
            if (through + assignment.Price[left] < reached)
            {
                (end, reached) = (left, through + assignment.Price[left]);
            }
        }
    }

    private void Flip(int freeColumn, int end)
    {
        var column = end;
        var row = assignment.RowOfColumn[end];
        assignment.RowOfColumn[end] = -1;
        while (column != freeColumn)
        {
            var to = _columnBefore[column];
            var next = assignment.RowOfColumn[to];
            assignment.Assign(row, to, _valueBefore[column]);
            (row, column) = (next, to);
        }
    }
}
