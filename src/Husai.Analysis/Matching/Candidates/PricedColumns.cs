using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// Reads blocks of cosines for the columns of each row's greatest profit (cosine less the column's price) above a floor, and where wanted
/// for the best rows of each column too.
/// </summary>
/// <param name="rows">Number of rows.</param>
/// <param name="price">Price of each column.</param>
/// <param name="floor">Profit of each row above which columns are kept.</param>
/// <param name="keptOfRow">Columns that a row keeps.</param>
/// <param name="keptOfColumn">Rows that a column keeps by their cosines alone; 0 for none.</param>
/// <param name="isAbsolute">Whether the absolute cosine counts.</param>
/// <param name="threads">Threads that scan at once.</param>
internal sealed class PricedColumns(int rows, double[] price, double[] floor, int keptOfRow, int keptOfColumn, bool isAbsolute, int threads)
{
    // Single precision decides what is not looked at in double: it may err by less than this for numbers below 8.
    private const float Slack = 4e-6f;

    private readonly BestOfLine _ofRows = new(rows, price.Length, keptOfRow);

    // A block's rows belong to one thread; its columns are met by all.
    private readonly BestOfLine?[] _ofColumns = new BestOfLine?[threads];
    private readonly float[]?[] _columnFloor = new float[]?[threads];
    private readonly float[] _price = Array.ConvertAll(price, value => (float)value);
    private readonly float[] _diagonal = new float[rows];

    /// <summary>The columns of each row.</summary>
    public BestOfLine OfRows => _ofRows;

    /// <summary>Cosine of each row with the column of its own number.</summary>
    public float[] Diagonal => _diagonal;

    public void Scan(Matrix block, int firstRow, int firstColumn, int worker)
    {
        if (keptOfColumn > 0 && _ofColumns[worker] is null)
        {
            _ofColumns[worker] = new BestOfLine(price.Length, rows, keptOfColumn);
            _columnFloor[worker] = new float[price.Length];
            Array.Fill(_columnFloor[worker]!, float.NegativeInfinity);
        }

        for (var index = 0; index < block.Rows; index++)
        {
            var line = block.Row(index);
            var row = firstRow + index;
            if (row >= firstColumn && row < firstColumn + line.Length)
            {
                _diagonal[row] = isAbsolute ? Math.Abs(line[row - firstColumn]) : line[row - firstColumn];
            }

            ScanRow(line, row, firstColumn, worker);
        }
    }

    /// <summary>All columns that the rows keep and all rows that the columns keep.</summary>
    public CandidatePairs Pairs()
    {
        var pairs = new CandidatePairs();
        for (var row = 0; row < rows; row++)
        {
            for (var place = 0; place < _ofRows.Count(row); place++)
            {
                var (column, value, _) = _ofRows[row, place];
                pairs.Add(row, column, value);
            }
        }

        if (keptOfColumn > 0)
        {
            AddPairsOfColumns(pairs);
        }

        return pairs;
    }

    private void AddPairsOfColumns(CandidatePairs pairs)
    {
        BestOfLine? all = null;
        foreach (var part in _ofColumns)
        {
            for (var column = 0; part is not null && all is not null && column < part.Lines; column++)
            {
                for (var place = 0; place < part.Count(column); place++)
                {
                    var (row, value, profit) = part[column, place];
                    all.Offer(column, row, value, profit);
                }
            }

            all ??= part;
        }

        for (var column = 0; all is not null && column < all.Lines; column++)
        {
            for (var place = 0; place < all.Count(column); place++)
            {
                var (row, value, _) = all[column, place];
                pairs.Add(row, column, value);
            }
        }
    }

    private void ScanRow(Span<float> line, int row, int firstColumn, int worker)
    {
        ref var value = ref MemoryMarshal.GetReference(line);
        ref var prices = ref _price[firstColumn];
        var columnFloor = _columnFloor[worker];
        var sign = Vector512.Create(isAbsolute ? int.MaxValue : -1).AsSingle();
        var least = Least(row);
        var index = 0;
        for (; index <= line.Length - 16; index += 16)
        {
            var cosine = Vector512.LoadUnsafe(ref value, (nuint)index) & sign;
            var isKept = Vector512.GreaterThan(cosine - Vector512.LoadUnsafe(ref prices, (nuint)index), Vector512.Create(least));
            if (columnFloor is not null)
            {
                isKept |= Vector512.GreaterThanOrEqual(cosine, Vector512.LoadUnsafe(ref columnFloor[firstColumn], (nuint)index));
            }

            for (var lanes = isKept.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                var at = index + System.Numerics.BitOperations.TrailingZeroCount(lanes);
                least = Offer(row, firstColumn + at, line[at], worker);
            }
        }

        for (; index < line.Length; index++)
        {
            least = Offer(row, firstColumn + index, line[index], worker);
        }
    }

    private float Offer(int row, int column, float cosine, int worker)
    {
        var value = isAbsolute ? Math.Abs(cosine) : cosine;
        var profit = value - price[column];
        if (profit > floor[row])
        {
            _ofRows.Offer(row, column, value, profit);
        }

        if (_ofColumns[worker] is { } ofColumns)
        {
            ofColumns.Offer(column, row, value, value);
            _columnFloor[worker]![column] = (float)ofColumns.Floor(column);
        }

        return Least(row);
    }

    private float Least(int row) => (float)Math.Max(floor[row], _ofRows.Floor(row)) - Slack;
}
