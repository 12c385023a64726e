using Husai.Numerics.Randomness;

namespace Husai.Analysis.Latents;

/// <summary>
/// For each of some latents a random sample of the rows on which it fires: those with the smallest random numbers, which depend on seed and
/// row alone. Every set of as many rows is equally likely, and the order in which the rows come does not matter.
/// </summary>
/// <param name="latents">Number of latents.</param>
/// <param name="quantiles">Quantiles of the activations that rows are wanted of.</param>
/// <remarks>Safe from several threads at once for different latents.</remarks>
internal sealed class SampledRows(int latents, int quantiles)
{
    // The row in the middle of so many stands for its quantile.
    private const int RowsPerQuantile = 15;
    private const string Purpose = "latents.samples";
    private const int WordsPerRow = 2;

    private readonly int _most = quantiles * RowsPerQuantile;
    private readonly FiringRow[] _rows = new FiringRow[checked(latents * quantiles * RowsPerQuantile)];
    private readonly ulong[] _keys = new ulong[latents * quantiles * RowsPerQuantile];
    private readonly int[] _counts = new int[latents];
    private readonly int[] _last = new int[latents];

    /// <summary>The random numbers of consecutive rows.</summary>
    public static void FillKeys(ulong seed, long firstRow, Span<ulong> keys)
    {
        var stream = new RandomStream(seed, Purpose) { Position = (ulong)firstRow * WordsPerRow };
        foreach (ref var key in keys)
        {
            key = stream.NextUInt32() | (ulong)stream.NextUInt32() << 32;
        }
    }

    /// <summary>Takes a row into account.</summary>
    public void Add(int latent, FiringRow row, ulong key)
    {
        var (start, count) = (latent * _most, _counts[latent]);
        if (count == _most && (_most == 0 || !IsBefore(key, row.Row, start + _last[latent])))
        {
            return;
        }

        var place = count == _most ? _last[latent] : _counts[latent]++;
        (_rows[start + place], _keys[start + place]) = (row, key);
        _last[latent] = LastOf(start, _counts[latent]);
    }

    /// <summary>The rows of a latent that stand for its quantiles, the smallest activation first; fewer where it fires on fewer.</summary>
    public FiringRow[] Of(int latent)
    {
        var rows = _rows.AsSpan(latent * _most, _counts[latent]).ToArray();
        Array.Sort(rows, (one, other) => one == other ? 0 : one.IsLargerThan(other) ? 1 : -1);
        var wanted = Math.Min(quantiles, rows.Length);
        return [.. Enumerable.Range(0, wanted).Select(quantile => rows[(2 * quantile + 1) * rows.Length / (2 * wanted)])];
    }

    private bool IsBefore(ulong key, long row, int place) =>
        key < _keys[place] || (key == _keys[place] && row < _rows[place].Row);

    private int LastOf(int start, int count)
    {
        var last = 0;
        for (var place = 1; place < count; place++)
        {
            last = IsBefore(_keys[start + last], _rows[start + last].Row, start + place) ? place : last;
        }

        return last;
    }
}
