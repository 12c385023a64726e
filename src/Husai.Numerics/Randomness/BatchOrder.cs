namespace Husai.Numerics.Randomness;

/// <summary>
/// The rows of every step of a training: in each epoch all rows once, in an order of the epoch's own, which is a function of seed, purpose
/// and epoch alone.
/// </summary>
internal sealed class BatchOrder
{
    private readonly int[] _rows;
    private readonly ulong _seed;
    private readonly string _purpose;
    private int[] _order = [];
    private long _orderEpoch = -1;

    /// <param name="rows">What is trained on.</param>
    /// <param name="batchSize">Rows of a step; no more than there are.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="purpose">What the order is for, see <see cref="RandomStream"/>.</param>
    public BatchOrder(int[] rows, int batchSize, ulong seed, string purpose)
    {
        _rows = rows;
        _seed = seed;
        _purpose = purpose;
        BatchSize = Math.Min(batchSize, rows.Length);
        StepsPerEpoch = StepsFor(rows.Length, BatchSize);
    }

    /// <summary>Rows of a step, but for the last of an epoch, which may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Steps in an epoch.</summary>
    public long StepsPerEpoch { get; }

    /// <summary>Steps that take all of some rows once.</summary>
    public static long StepsFor(int rows, int batchSize) => (rows + batchSize - 1) / batchSize;

    /// <summary>Rows of the steps before one.</summary>
    public long RowsBefore(long step) => step / StepsPerEpoch * _rows.Length + step % StepsPerEpoch * BatchSize;

    /// <summary>The rows of a step, valid until a step of another epoch is asked for.</summary>
    /// <param name="step">From 0 on.</param>
    public ReadOnlyMemory<int> Rows(long step)
    {
        var epoch = step / StepsPerEpoch;
        if (epoch != _orderEpoch)
        {
            _order = new RandomStream(_seed, _purpose, checked((uint)epoch)).Permutation(_rows.Length);
            for (var n = 0; n < _order.Length; n++)
            {
                _order[n] = _rows[_order[n]];
            }

            _orderEpoch = epoch;
        }

        var start = (int)(step % StepsPerEpoch) * BatchSize;
        return _order.AsMemory(start, Math.Min(BatchSize, _order.Length - start));
    }
}
