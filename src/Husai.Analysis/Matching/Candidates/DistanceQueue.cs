namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// Columns by their distance from where a path search began; the nearest comes first, the lowest on ties. Cleared in the time of what it
/// held.
/// </summary>
internal sealed class DistanceQueue(int columns)
{
    private const int Final = -2;
    private const int Unknown = -1;

    private readonly double[] _distance = new double[columns];

    // Where a column stands in the heap, or one of the constants.
    private readonly int[] _place = Unplaced(columns);
    private readonly int[] _heap = new int[columns];
    private readonly List<int> _taken = [];
    private int _count;

    /// <summary>Columns whose distance is final, in the order in which they were taken.</summary>
    public List<int> Taken => _taken;

    /// <summary>Distance of the column that is taken next; infinite when there is none.</summary>
    public double Nearest => _count == 0 ? double.PositiveInfinity : _distance[_heap[0]];

    public double Distance(int column) => _distance[column];

    public void Clear()
    {
        foreach (var column in _taken)
        {
            _place[column] = Unknown;
        }

        for (var at = 0; at < _count; at++)
        {
            _place[_heap[at]] = Unknown;
        }

        _taken.Clear();
        _count = 0;
    }

    /// <summary>Sets a column's distance where that is smaller than the one it has and not final.</summary>
    public bool Offer(int column, double distance)
    {
        var place = _place[column];
        if (place == Final || (place >= 0 && !(distance < _distance[column])))
        {
            return false;
        }

        _distance[column] = distance;
        Rise(column, place >= 0 ? place : _count++);
        return true;
    }

    /// <summary>Makes the nearest column's distance final and returns it, or -1 when none is left.</summary>
    public int TakeNearest()
    {
        if (_count == 0)
        {
            return -1;
        }

        var nearest = _heap[0];
        _place[nearest] = Final;
        _taken.Add(nearest);
        var last = _heap[--_count];
        if (_count > 0)
        {
            Sink(last);
        }

        return nearest;
    }

    private void Rise(int column, int place)
    {
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (!IsBefore(column, _heap[parent]))
            {
                break;
            }

            Put(_heap[parent], place);
            place = parent;
        }

        Put(column, place);
    }

    private void Sink(int column)
    {
        var place = 0;
        while (true)
        {
            var child = 2 * place + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], column))
            {
                break;
            }

            Put(_heap[child], place);
            place = child;
        }

        Put(column, place);
    }

    private void Put(int column, int place) => (_heap[place], _place[column]) = (column, place);

    private bool IsBefore(int column, int other) =>
        _distance[column] < _distance[other] || (_distance[column] == _distance[other] && column < other);

    private static int[] Unplaced(int columns)
    {
        var places = new int[columns];
        Array.Fill(places, Unknown);
        return places;
    }
}
