using Husai.Numerics.Randomness;

namespace Husai.Transformers.Training;

/// <summary>Which pairs each step sees: a permutation for each epoch, a function of the seed and the epoch alone.</summary>
internal sealed class BatchOrder(int[] train, int batchSize, ulong seed)
{
    private int[] _order = [];
    private long _orderEpoch = -1;

    public bool IsFullBatch => batchSize == 0 || batchSize >= train.Length;

    /// <summary>Steps in an epoch; the last takes what is left.</summary>
    public int StepsPerEpoch => IsFullBatch ? 1 : (train.Length + batchSize - 1) / batchSize;

    /// <summary>The inputs of a step.</summary>
    public ReadOnlySpan<int> Batch(long step)
    {
        if (IsFullBatch)
        {
            return train;
        }

        var epoch = step / StepsPerEpoch;
        if (epoch != _orderEpoch)
        {
            _order = [.. new RandomStream(seed, "transformer.order", (uint)epoch).Permutation(train.Length).Select(i => train[i])];
            _orderEpoch = epoch;
        }

        var start = (int)(step % StepsPerEpoch) * batchSize;
        return _order.AsSpan(start, Math.Min(batchSize, train.Length - start));
    }
}
