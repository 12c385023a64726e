using Husai.Analysis.Matching;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>
/// Finds latents that look like a match without being it: for each latent with a partner, the other latent with the highest signed decoder
/// cosine whose firing rate is within a factor of the partner's. Cosines are shown block by block. Columns are sorted by their firing rate,
/// so that those which fire about as often as a partner lie side by side, and rows by that of their partner: most blocks are then not
/// needed.
/// </summary>
internal sealed class HardNegativeSearch
{
    private readonly CosineBlocks _cosines;
    private readonly int[] _order;
    private readonly int[] _place;
    private readonly double[] _rates;
    private readonly double _factor;

    /// <param name="rows">Decoder rows, <c>[rows, width]</c>.</param>
    /// <param name="columns">Those of the other SAE, <c>[columns, width]</c>.</param>
    /// <param name="rates">Firing rate of each column.</param>
    /// <param name="factor">Largest factor between the firing rates of a partner and of its hard negative, at least 1.</param>
    /// <param name="workers">Threads to use; their token ends it early.</param>
    public HardNegativeSearch(Matrix rows, Matrix columns, double[] rates, double factor, Workers workers)
    {
        _factor = factor;
        _order = [.. Enumerable.Range(0, rates.Length).OrderBy(column => rates[column])];
        _rates = Array.ConvertAll(_order, column => rates[column]);
        _place = new int[_order.Length];
        for (var place = 0; place < _order.Length; place++)
        {
            _place[_order[place]] = place;
        }

        _cosines = new CosineBlocks(rows, columns, workers, _order);
    }

    /// <summary>Finds the hard negatives of several matches at once.</summary>
    /// <param name="partners">For each match and row its column, or -1.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    /// <returns>For each match and row the column, or -1; of equal cosines the lower column.</returns>
    public IReadOnlyList<int[]> Of(IReadOnlyList<int[]> partners, Action<double>? progress = null)
    {
        var searches = partners.Select(each => new Search(this, each)).ToList();
        var wanted = Enumerable.Range(0, _cosines.Rows).Select(row => AllOf(searches.Select(search => search.RangeOfRow(row)))).ToArray();
        int[] rows = [.. Enumerable.Range(0, wanted.Length).Where(row => wanted[row].From < wanted[row].To)
            .OrderBy(row => wanted[row].From).ThenBy(row => wanted[row].To)];
        _cosines.VisitWanted(
            rows, Array.ConvertAll(rows, row => wanted[row]),
            (place, column, block, _) => searches.ForEach(search => search.Scan(block, rows.AsSpan(place, block.Rows), column)), progress);
        return [.. searches.Select(search => search.Negatives)];
    }

    // A block row belongs to one thread, and its blocks come one after the other.
    private sealed class Search
    {
        private readonly HardNegativeSearch _search;
        private readonly int[] _partners;
        private readonly (int From, int To)[] _ranges;
        private readonly float[] _best;

        public Search(HardNegativeSearch search, int[] partners)
        {
            (_search, _partners) = (search, partners);
            _ranges = Array.ConvertAll(partners, partner => partner < 0 ? (0, 0) : search.RangeOf(partner));
            _best = new float[partners.Length];
            Negatives = new int[partners.Length];
            Array.Fill(Negatives, -1);
        }

        public int[] Negatives { get; }

        public (int From, int To) RangeOfRow(int row) => _ranges[row];

        public void Scan(Matrix block, ReadOnlySpan<int> rows, int firstColumn)
        {
            for (var n = 0; n < block.Rows; n++)
            {
                var row = rows[n];
                var from = Math.Max(_ranges[row].From - firstColumn, 0);
                var to = Math.Min(_ranges[row].To - firstColumn, block.Columns);
                if (from < to)
                {
                    ScanRow(block.Row(n), row, from, to, firstColumn);
                }
            }
        }

        // Ties go to the lower column, wherever it has been sorted to.
        private void ScanRow(ReadOnlySpan<float> cosines, int row, int from, int to, int firstColumn)
        {
            var (best, negative) = (Negatives[row] < 0 ? float.NegativeInfinity : _best[row], Negatives[row]);
            for (var column = from; column < to; column++)
            {
                if (cosines[column] < best)
                {
                    continue;
                }

                var candidate = _search._order[firstColumn + column];
                if (candidate != _partners[row] && (cosines[column] > best || candidate < negative))
                {
                    (best, negative) = (cosines[column], candidate);
                }
            }

            (_best[row], Negatives[row]) = (best, negative);
        }
    }

    // What lies in any of several ranges, and between them; an empty one counts for nothing.
    private static (int From, int To) AllOf(IEnumerable<(int From, int To)> ranges) => ranges.Aggregate(
        (From: 0, To: 0),
        (all, range) => all.From >= all.To ? range
            : range.From >= range.To ? all
            : (Math.Min(all.From, range.From), Math.Max(all.To, range.To)));

    // The columns that fire about as often as one: from a place to before another, in order of rate.
    private (int From, int To) RangeOf(int partner)
    {
        var rate = _rates[_place[partner]];
        var from = FirstWhere(place => _rates[place] * _factor >= rate);
        return (from, FirstWhere(place => _rates[place] > rate * _factor));
    }

    private int FirstWhere(Predicate<int> holds)
    {
        var (low, high) = (0, _rates.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
