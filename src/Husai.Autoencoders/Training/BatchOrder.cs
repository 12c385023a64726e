using Husai.Autoencoders.Options;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training;

/// <summary>The rows of every step: in each epoch all training rows once, in an order of the epoch's own.</summary>
internal sealed class BatchOrder
{
    private readonly int[] _train;
    private readonly int[] _rows;
    private readonly ulong _seed;
    private readonly long _stepsPerEpoch;
    private int[] _permutation = [];
    private long _epoch = -1;

    public BatchOrder(int[] train, AutoencoderOptions options)
    {
        _train = train;
        _seed = (ulong)(options.OrderSeed ?? options.Seed);
        BatchSize = Math.Min(options.BatchSize, train.Length);
        _rows = new int[BatchSize];
        _stepsPerEpoch = StepsPerEpoch(train.Length, BatchSize);
        Steps = options.Epochs * _stepsPerEpoch;
    }

    /// <summary>Rows of a step, but for the last of an epoch, which may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Steps in all.</summary>
    public long Steps { get; }

    public static long StepsPerEpoch(int rows, int batchSize) => (rows + batchSize - 1) / batchSize;

    /// <summary>Rows of the steps before one.</summary>
    public long RowsBefore(long step) => step / _stepsPerEpoch * _train.Length + step % _stepsPerEpoch * BatchSize;

    /// <summary>The rows of a step, valid until the next call.</summary>
    /// <param name="step">From 0 on.</param>
    public ReadOnlyMemory<int> Rows(long step)
    {
        var epoch = step / _stepsPerEpoch;
        if (epoch != _epoch)
        {
            _permutation = new RandomStream(_seed, "sae.order", checked((uint)epoch)).Permutation(_train.Length);
            _epoch = epoch;
        }

        var start = (int)(step % _stepsPerEpoch) * BatchSize;
        var count = Math.Min(BatchSize, _train.Length - start);
        for (var n = 0; n < count; n++)
        {
            _rows[n] = _train[_permutation[start + n]];
        }

        return _rows.AsMemory(0, count);
    }
}
