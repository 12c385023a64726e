namespace Husai.Numerics.Randomness;

/// <summary>
/// The rows of every step of a training: in each epoch all rows once (but those of a last step that is dropped), in an order of the
/// epoch's own, which is a function of seed, purpose and epoch alone.
/// </summary>
/// <remarks>
/// Where rows lie in blocks on a disk, the blocks are shuffled, and then the rows within each window of <see cref="WindowBlocks"/> blocks:
/// a window is read once, whatever there is in all. Up to one window all rows are shuffled as if they lay in memory.
/// </remarks>
internal sealed class BatchOrder
{
    private readonly int[] _rows;
    private readonly ulong _seed;
    private readonly string _purpose;
    private readonly int _blockRows;
    private readonly bool _isInBlocks;
    private int[] _order = [];
    private long _orderEpoch = -1;

    /// <param name="rows">What is trained on.</param>
    /// <param name="batchSize">Rows of a step; no more than there are.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="purpose">What the order is for, see <see cref="RandomStream"/>.</param>
    /// <param name="blockRows">How many rows that follow each other lie together; 1 where each is as near as the next.</param>
    /// <param name="dropLast">Whether an epoch leaves out the rows that would make a last step of fewer rows.</param>
    public BatchOrder(int[] rows, int batchSize, ulong seed, string purpose, int blockRows = 1, bool dropLast = false)
    {
        _blockRows = blockRows;
        _isInBlocks = blockRows > 1 && rows.Length > (long)blockRows * WindowBlocks;
        _rows = _isInBlocks ? [.. rows.Order()] : rows;
        _seed = seed;
        _purpose = purpose;
        BatchSize = Math.Min(batchSize, rows.Length);
        StepsPerEpoch = StepsFor(rows.Length, BatchSize, dropLast);
        RowsPerEpoch = dropLast ? StepsPerEpoch * BatchSize : rows.Length;
    }

    /// <summary>Blocks whose rows are shuffled together.</summary>
    public const int WindowBlocks = 4096;

    /// <summary>Rows of a step, but for the last of an epoch, which may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Steps in an epoch.</summary>
    public long StepsPerEpoch { get; }

    private long RowsPerEpoch { get; }

    /// <summary>Steps that take all of some rows once.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="batchSize">Rows of a step; no more than there are.</param>
    /// <param name="dropLast">Whether the rows that would make a last step of fewer rows are left out.</param>
    public static long StepsFor(int rows, int batchSize, bool dropLast = false) =>
        dropLast ? rows / batchSize : (rows + batchSize - 1) / batchSize;

    /// <summary>Rows of the steps before one.</summary>
    public long RowsBefore(long step) => step / StepsPerEpoch * RowsPerEpoch + step % StepsPerEpoch * BatchSize;

    /// <summary>The rows of a step, valid until a step of another epoch is asked for.</summary>
    /// <param name="step">From 0 on.</param>
    public ReadOnlyMemory<int> Rows(long step)
    {
        var epoch = step / StepsPerEpoch;
        if (epoch != _orderEpoch)
        {
            _order = Shuffled(checked((uint)epoch));
            for (var n = 0; n < _order.Length; n++)
            {
                _order[n] = _rows[_order[n]];
            }

            _orderEpoch = epoch;
        }

        var start = (int)(step % StepsPerEpoch) * BatchSize;
        return _order.AsMemory(start, Math.Min(BatchSize, _order.Length - start));
    }

    private int[] Shuffled(uint epoch)
    {
        var stream = new RandomStream(_seed, _purpose, epoch);
        if (!_isInBlocks)
        {
            return stream.Permutation(_rows.Length);
        }

        var order = new int[_rows.Length];
        var done = 0;
        foreach (var window in stream.Permutation((_rows.Length + _blockRows - 1) / _blockRows).Chunk(WindowBlocks))
        {
            int[] rows = [.. window.SelectMany(BlockRows)];
            foreach (var row in stream.Permutation(rows.Length))
            {
                order[done++] = rows[row];
            }
        }

        return order;
    }

    private IEnumerable<int> BlockRows(int block)
    {
        var first = block * _blockRows;
        return Enumerable.Range(first, Math.Min(_blockRows, _rows.Length - first));
    }
}
