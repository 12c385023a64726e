using Husai.Numerics.Randomness;

namespace Husai.Transformers.Training;

/// <summary>The seeds of a training's starts: the first has the seed that was given, each further one has its own.</summary>
internal static class StartSeed
{
    // A seed that is given is at least 0: with this one of a further start, a training of its own repeats it.
    private const ulong Given = long.MaxValue;

    /// <summary>The seed of a start.</summary>
    /// <param name="seed">Seed of the first start.</param>
    /// <param name="restarts">Starts before it.</param>
    public static ulong Of(ulong seed, int restarts)
    {
        if (restarts == 0)
        {
            return seed;
        }

        var stream = new RandomStream(seed, "transformer.restart", (uint)restarts);
        return (stream.NextUInt32() | (ulong)stream.NextUInt32() << 32) & Given;
    }
}
