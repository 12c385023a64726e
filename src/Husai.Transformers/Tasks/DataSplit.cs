using Husai.Numerics.Randomness;

namespace Husai.Transformers.Tasks;

/// <summary>The pairs that a model is trained on, and those held out. Both ascend.</summary>
internal sealed class DataSplit
{
    private DataSplit(int[] train, int[] test)
    {
        Train = train;
        Test = test;
    }

    /// <summary>Inputs to train on.</summary>
    public int[] Train { get; }

    /// <summary>Inputs held out.</summary>
    public int[] Test { get; }

    /// <summary>Splits the inputs at random: the first <c>floor(fraction * inputs)</c> of a permutation are for training.</summary>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="fraction">Share for training, above 0 and at most 1.</param>
    /// <param name="seed">Seed of the split.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction leaves nothing to train on, or is above 1.</exception>
    public static DataSplit Random(int inputs, double fraction, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        if (!(fraction <= 1 && (int)(fraction * inputs) >= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, $"a share of {inputs} inputs must hold at least one and at most all");
        }

        var order = new RandomStream(seed, "transformer.split").Permutation(inputs);
        var count = (int)(fraction * inputs);
        return new DataSplit([.. order.Take(count).Order()], [.. order.Skip(count).Order()]);
    }
}
