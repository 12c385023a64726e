namespace Husai.Analysis.Matching.Candidates;

/// <summary>Assigns one more row along a path of the smallest loss of profit (Dijkstra's algorithm on a sparse graph).</summary>
internal sealed class SparseAugmentingPath(SparseAssignment assignment)
{
    private readonly DistanceQueue _queue = new(assignment.Graph.Columns);
    private readonly int[] _rowBefore = new int[assignment.Graph.Columns];
    private readonly float[] _valueBefore = new float[assignment.Graph.Columns];

    // The loss at the nearest free column so far: nothing beyond it is of use.
    private double _nearest;

    /// <summary>Assigns a free row, moving other rows to other columns where that loses less.</summary>
    public void Augment(int freeRow)
    {
        _queue.Clear();
        _nearest = double.PositiveInfinity;
        Relax(freeRow, assignment.GreatestProfit(freeRow), 0);
        int end;
        while (true)
        {
            end = _queue.TakeNearest();
            if (end < 0)
            {
                throw new InvalidOperationException("the candidates have no matching of all rows");
            }

            var row = assignment.RowOfColumn[end];
            if (row < 0)
            {
                break;
            }

            Relax(row, assignment.Profit(row), _queue.Distance(end));
        }

        var reached = _queue.Distance(end);
        foreach (var column in _queue.Taken)
        {
            assignment.Price[column] += reached - _queue.Distance(column);
        }

        Flip(freeRow, end);
    }

    private void Relax(int row, double profit, double distance)
    {
        var graph = assignment.Graph;
        var offset = distance + profit;
        for (var at = graph.Start[row]; at < graph.Start[row + 1]; at++)
        {
            var column = graph.Column[at];
            var through = Math.Max(distance, offset + assignment.Price[column] - graph.Value[at]);
            if (through <= _nearest && _queue.Offer(column, through))
            {
                (_rowBefore[column], _valueBefore[column]) = (row, graph.Value[at]);
                if (assignment.RowOfColumn[column] < 0)
                {
                    _nearest = through;
                }
            }
        }
    }

    private void Flip(int freeRow, int end)
    {
        var column = end;
        while (true)
        {
            var row = _rowBefore[column];
            var left = assignment.ColumnOfRow[row];
            assignment.Assign(row, column, _valueBefore[column]);
            if (row == freeRow)
            {
                return;
            }

            column = left;
        }
    }
}
