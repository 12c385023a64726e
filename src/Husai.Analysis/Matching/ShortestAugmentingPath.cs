using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Husai.Analysis.Matching;

/// <summary>Assigns one more row along a shortest alternating path in reduced costs (Dijkstra's algorithm on a dense matrix).</summary>
internal sealed class ShortestAugmentingPath(AssignmentState state)
{
    private readonly double[] _distance = new double[state.Columns];
    // The potential of an open column; minus infinity, hence an infinite reduced cost, for one whose distance is final.
    private readonly double[] _openPotential = new double[state.Columns];
    private readonly long[] _predecessor = new long[state.Columns];
    private readonly int[] _final = new int[state.Columns];
    private readonly double[] _finalDistance = new double[state.Columns];

    /// <summary>Assigns a free row, moving other rows to other columns where that is cheaper.</summary>
    public void Augment(int freeRow)
    {
        Array.Fill(_distance, double.PositiveInfinity);
        state.Potential.CopyTo(_openPotential, 0);
        var finals = 0;
        var row = freeRow;
        var offset = 0.0;
        int column;
        while (true)
        {
            column = Relax(row, offset);
            var reached = _distance[column];
            if (state.RowOfColumn[column] < 0)
            {
                UpdatePotentials(finals, reached);
                break;
            }

            _final[finals] = column;
            _finalDistance[finals++] = reached;
            _distance[column] = double.PositiveInfinity;
            _openPotential[column] = double.NegativeInfinity;
            row = state.RowOfColumn[column];
            offset = reached - state.ReducedCost(row, column);
        }

        while (true)
        {
            row = (int)_predecessor[column];
            state.RowOfColumn[column] = row;
            (column, state.ColumnOfRow[row]) = (state.ColumnOfRow[row], column);
            if (row == freeRow)
            {
                return;
            }
        }
    }

    private void UpdatePotentials(int finals, double reached)
    {
        for (var index = 0; index < finals; index++)
        {
            state.Potential[_final[index]] += _finalDistance[index] - reached;
        }
    }

    /// <summary>Shortens distances by way of a row and returns the open column that is nearest, the lowest on ties.</summary>
    private int Relax(int row, double offset)
    {
        var values = state.Values.Row(row);
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var price = ref MemoryMarshal.GetArrayDataReference(_openPotential);
        ref var distance = ref MemoryMarshal.GetArrayDataReference(_distance);
        ref var predecessor = ref MemoryMarshal.GetArrayDataReference(_predecessor);
        var rowLanes = Vector256.Create((long)row);
        var offsetLanes = Vector256.Create(offset);
        var nearest = Vector256.Create(double.PositiveInfinity);
        var index = Vector256<long>.Zero;
        var current = Vector256.Create(0L, 1, 2, 3);
        var column = 0;
        for (; column <= values.Length - 4; column += 4)
        {
            var at = (nuint)column;
            var through = -RowReduction.Widen(ref value, column) - Vector256.LoadUnsafe(ref price, at) + offsetLanes;
            var known = Vector256.LoadUnsafe(ref distance, at);
            var isShorter = Vector256.LessThan(through, known);
            if (isShorter != Vector256<double>.Zero)
            {
                known = Vector256.ConditionalSelect(isShorter, through, known);
                known.StoreUnsafe(ref distance, at);
                Vector256.ConditionalSelect(isShorter.AsInt64(), rowLanes, Vector256.LoadUnsafe(ref predecessor, at))
                    .StoreUnsafe(ref predecessor, at);
            }

            index = Vector256.ConditionalSelect(Vector256.LessThan(known, nearest).AsInt64(), current, index);
            nearest = Vector256.Min(nearest, known);
            current += Vector256.Create(4L);
        }

        var best = -1;
        var bestDistance = double.PositiveInfinity;
        for (var lane = 0; lane < 4; lane++)
        {
            if (nearest[lane] < bestDistance || (nearest[lane] == bestDistance && best > index[lane]))
            {
                (best, bestDistance) = ((int)index[lane], nearest[lane]);
            }
        }

        for (; column < values.Length; column++)
        {
            var through = -(double)values[column] - _openPotential[column] + offset;
            if (through < _distance[column])
            {
                _distance[column] = through;
                _predecessor[column] = row;
            }

            if (_distance[column] < bestDistance)
            {
                (best, bestDistance) = (column, _distance[column]);
            }
        }

        return best;
    }
}
