namespace Husai.Explorer.Saes;

/// <summary>Keeps what was asked for last and takes its time: a request waits so long for it, and a later one finds it.</summary>
internal sealed class AwaitedValues<TKey, TValue>(long mostBytes, Func<TValue, long> bytesOf)
    where TKey : notnull
    where TValue : class
{
    private readonly RecentValues<TKey, Task<TValue>> _tasks =
        new(mostBytes, task => task.IsCompletedSuccessfully ? bytesOf(task.Result) : 0);

    /// <summary>The value of a key; null while it is being made. That it could not be made is told once, then it is tried again.</summary>
    /// <param name="key">The key.</param>
    /// <param name="make">Makes the value, on another thread.</param>
    /// <param name="patience">How long it is waited for.</param>
    public TValue? Get(TKey key, Func<TValue> make, TimeSpan patience)
    {
        var task = _tasks.Get(key, () => Task.Run(make));
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne(patience);
        if (task.IsFaulted)
        {
            _tasks.Forget(key, task);
        }

        return task.IsCompleted ? task.GetAwaiter().GetResult() : null;
    }
}
