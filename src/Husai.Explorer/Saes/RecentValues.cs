namespace Husai.Explorer.Saes;

/// <summary>Keeps what was asked for last, as much of it as a number of bytes allows; each is made once.</summary>
internal sealed class RecentValues<TKey, TValue>(long mostBytes, Func<TValue, long> bytesOf)
    where TKey : notnull
{
    private readonly Lock _sync = new();
    private readonly LinkedList<(TKey Key, Lazy<TValue> Value)> _values = new();

    /// <summary>The value of a key, made where it is not kept. A value that could not be made is tried again the next time.</summary>
    public TValue Get(TKey key, Func<TValue> make)
    {
        var value = Find(key, make);
        try
        {
            var made = value.Value;
            Shrink();
            return made;
        }
        catch
        {
            Remove(key, kept => ReferenceEquals(kept, value));
            throw;
        }
    }

    /// <summary>Makes the value of a key again the next time, if it is still this one.</summary>
    public void Forget(TKey key, TValue value) =>
        Remove(key, kept => kept.IsValueCreated && EqualityComparer<TValue>.Default.Equals(kept.Value, value));

    private Lazy<TValue> Find(TKey key, Func<TValue> make)
    {
        lock (_sync)
        {
            for (var node = _values.First; node is not null; node = node.Next)
            {
                if (node.Value.Key.Equals(key))
                {
                    _values.Remove(node);
                    _values.AddFirst(node);
                    return node.Value.Value;
                }
            }

            var value = new Lazy<TValue>(make);
            _values.AddFirst((key, value));
            return value;
        }
    }

    // The newest always stays.
    private void Shrink()
    {
        lock (_sync)
        {
            var bytes = 0L;
            for (var node = _values.First; node is not null;)
            {
                var next = node.Next;
                bytes += node.Value.Value.IsValueCreated ? bytesOf(node.Value.Value.Value) : 0;
                if (bytes > mostBytes && node != _values.First)
                {
                    _values.Remove(node);
                }

                node = next;
            }
        }
    }

    private void Remove(TKey key, Func<Lazy<TValue>, bool> isMeant)
    {
        lock (_sync)
        {
            for (var node = _values.First; node is not null; node = node.Next)
            {
                if (node.Value.Key.Equals(key) && isMeant(node.Value.Value))
                {
                    _values.Remove(node);
                    return;
                }
            }
        }
    }
}
