using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Husai.Analysis.Matching;

/// <summary>
/// Augmenting row reduction (Jonker and Volgenant 1987, section 4): each row takes its cheapest column and raises that column's price until
/// the second cheapest is as good; a row that loses its column tries again. It leaves most rows assigned at a fraction of the cost of path
/// searches.
/// </summary>
internal static class RowReduction
{
    private const int Passes = 2;
    private const int ScansPerRow = 8;

    // Columns whose costs are compared at once.
    private const int Lanes = 8;

    /// <summary>Returns the rows that are still free, in order.</summary>
    public static List<int> Run(AssignmentState state)
    {
        List<int> free = [.. Enumerable.Range(0, state.Rows)];
        // Prices can creep in tiny steps; the path searches finish what a bounded number of scans has not.
        var budget = (long)ScansPerRow * state.Rows;
        for (var pass = 0; pass < Passes && free.Count > 0; pass++)
        {
            var next = new List<int>();
            foreach (var start in free)
            {
                var row = start;
                while (row >= 0)
                {
                    if (budget-- <= 0)
                    {
                        next.Add(row);
                        break;
                    }

                    var displaced = Assign(state, row, out var raisedPrice);
                    if (displaced >= 0 && !raisedPrice)
                    {
                        next.Add(displaced);
                        break;
                    }

                    row = displaced;
                }
            }

            next.Sort();
            free = next;
        }

        return free;
    }

    private static int Assign(AssignmentState state, int row, out bool raisedPrice)
    {
        var (best, bestCost, secondCost) = TwoCheapest(state.Values.Row(row), state.Potential);
        raisedPrice = bestCost < secondCost;
        if (raisedPrice)
        {
            state.Potential[best] -= secondCost - bestCost;
            // Rounding may leave the price unchanged; then nothing forces the next row away and it must wait.
            raisedPrice = state.ReducedCost(row, best) > bestCost;
        }
        else if (state.RowOfColumn[best] >= 0)
        {
            best = OtherColumnOfCost(state, row, best, bestCost);
        }

        var displaced = state.RowOfColumn[best];
        if (displaced >= 0)
        {
            state.ColumnOfRow[displaced] = -1;
        }

        state.RowOfColumn[best] = row;
        state.ColumnOfRow[row] = best;
        return displaced;
    }

    private static int OtherColumnOfCost(AssignmentState state, int row, int taken, double cost)
    {
        var column = 0;
        while (column == taken || state.ReducedCost(row, column) != cost)
        {
            column++;
        }

        return column;
    }

    private static (int Best, double BestCost, double SecondCost) TwoCheapest(ReadOnlySpan<float> values, double[] potential)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var price = ref MemoryMarshal.GetArrayDataReference(potential);
        var lowest = Vector512.Create(double.PositiveInfinity);
        var second = lowest;
        var index = Vector512<long>.Zero;
        var current = Vector512<long>.Indices;
        var column = 0;
        for (; column <= values.Length - Lanes; column += Lanes)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref value, (nuint)column));
            var cost = -Vector512.Create(lower, upper) - Vector512.LoadUnsafe(ref price, (nuint)column);
            var isLower = Vector512.LessThan(cost, lowest);
            second = Vector512.Min(second, Vector512.Max(cost, lowest));
            lowest = Vector512.Min(lowest, cost);
            index = Vector512.ConditionalSelect(isLower.AsInt64(), current, index);
            current += Vector512.Create((long)Lanes);
        }

        var result = (Best: -1, BestCost: double.PositiveInfinity, SecondCost: double.PositiveInfinity);
        for (var lane = 0; lane < Lanes && column > 0; lane++)
        {
            result = Insert(result, (int)index[lane], lowest[lane]);
            result.SecondCost = Math.Min(result.SecondCost, second[lane]);
        }

        for (; column < values.Length; column++)
        {
            result = Insert(result, column, -(double)values[column] - potential[column]);
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Widen(ref float values, int column) =>
        Vector256.Create(
            Vector128.WidenLower(Vector128.LoadUnsafe(ref values, (nuint)column)),
            Vector128.WidenUpper(Vector128.LoadUnsafe(ref values, (nuint)column)));

    private static (int Best, double BestCost, double SecondCost) Insert(
        (int Best, double BestCost, double SecondCost) found, int column, double cost)
    {
        if (cost < found.BestCost || (cost == found.BestCost && column < found.Best))
        {
            return (column, cost, found.BestCost);
        }

        return (found.Best, found.BestCost, Math.Min(found.SecondCost, cost));
    }
}
