using Husai.Numerics.Parallelism;

namespace Husai.Explorer.Saes;

/// <summary>The threads that several requests compute with, one request after the other: each takes all of them.</summary>
internal sealed class SharedWorkers(Workers workers)
{
    private readonly Lock _sync = new();

    /// <summary>How many they are.</summary>
    public int Threads => workers.Threads;

    public T Use<T>(Func<Workers, T> compute)
    {
        lock (_sync)
        {
            return compute(workers);
        }
    }
}
