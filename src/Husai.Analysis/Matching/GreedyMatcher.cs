using Husai.Numerics.Matrices;

namespace Husai.Analysis.Matching;

/// <summary>One-to-one pairs, always the most similar that is left; ties go to the lower row, then to the lower column.</summary>
internal static class GreedyMatcher
{
    public static Match Find(Matrix cosines)
    {
        var partners = new int[cosines.Rows];
        Array.Fill(partners, -1);
        var isTaken = new bool[cosines.Columns];
        // Each row waits under its best free column. Columns only become taken, so an outdated entry is too high, never too low.
        var queue = new PriorityQueue<int, (float NegatedSimilarity, int Row)>();
        var candidate = new int[cosines.Rows];
        for (var row = 0; row < cosines.Rows; row++)
        {
            Enqueue(row);
        }

        while (queue.TryDequeue(out var row, out _))
        {
            if (isTaken[candidate[row]])
            {
                Enqueue(row);
                continue;
            }

            partners[row] = candidate[row];
            isTaken[candidate[row]] = true;
        }

        return Match.FromRows(partners, cosines.Columns, (row, column) => cosines.Row(row)[column]);

        void Enqueue(int row)
        {
            var values = cosines.Row(row);
            var best = -1;
            for (var column = 0; column < values.Length; column++)
            {
                if (!isTaken[column] && (best < 0 || values[column] > values[best]))
                {
                    best = column;
                }
            }

            if (best >= 0)
            {
                candidate[row] = best;
                queue.Enqueue(row, (-values[best], row));
            }
        }
    }
}
