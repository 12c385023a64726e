namespace Husai.Numerics.Randomness;

/// <content>Random orders and samples.</content>
internal sealed partial class RandomStream
{
    // Below this share of the whole, a table of what has moved takes less memory than the whole.
    private const int SparseShare = 16;

    /// <summary>A uniformly random order of 0..count-1 (Fisher and Yates; Knuth, volume 2, algorithm P).</summary>
    /// <param name="count">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public int[] Permutation(int count) => Sample(count, count);

    /// <summary>
    /// <paramref name="taken"/> different numbers from 0..count-1, in random order: the start of the permutation that the same
    /// stream would give. Takes memory for the numbers taken, not for the count, when they are few.
    /// </summary>
    /// <param name="count">At least 0.</param>
    /// <param name="taken">0 to <paramref name="count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public int[] Sample(int count, int taken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(taken);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taken, count);
        return taken < count / SparseShare ? SampleSparse(count, taken) : SampleDense(count, taken);
    }

    private int[] SampleDense(int count, int taken)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = i;
        }

        for (var i = 0; i < taken; i++)
        {
            var chosen = i + NextInt32(count - i);
            (numbers[i], numbers[chosen]) = (numbers[chosen], numbers[i]);
        }

        return taken == count ? numbers : numbers[..taken];
    }

    // The same exchanges on an array that is not there: what has not moved is its own index.
    private int[] SampleSparse(int count, int taken)
    {
        var moved = new Dictionary<int, int>(taken);
        var numbers = new int[taken];
        for (var i = 0; i < taken; i++)
        {
            var chosen = i + NextInt32(count - i);
            numbers[i] = moved.GetValueOrDefault(chosen, chosen);
            moved[chosen] = moved.GetValueOrDefault(i, i);
        }

        return numbers;
    }
}
