namespace Husai.Formats.Torch;

/// <summary>The stack of a pickle machine, with a budget: every push costs, whatever the pickle repeats.</summary>
internal sealed class PickleStack
{
    private const int MaximumPushes = 300_000;
    private static readonly object Mark = new();
    private readonly List<object?> _items = [];
    private int _pushes;

    public int Count => _items.Count;

    public void Push(object? value)
    {
        if (++_pushes > MaximumPushes)
        {
            throw new PickleException($"builds more than {MaximumPushes} objects");
        }

        _items.Add(value);
    }

    public void PushMark() => Push(Mark);

    public object? Pop()
    {
        var value = Peek();
        _items.RemoveAt(_items.Count - 1);
        return value;
    }

    public object? Peek() => _items.Count == 0 || ReferenceEquals(_items[^1], Mark)
        ? throw new PickleException("takes an object where there is none")
        : _items[^1];

    /// <summary>Takes everything above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        var mark = _items.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw new PickleException("lacks a mark");
        }

        var result = _items[(mark + 1)..].ToArray();
        _items.RemoveRange(mark, _items.Count - mark);
        return result;
    }

    public object?[] Pop(int count)
    {
        var result = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            result[i] = Pop();
        }

        return result;
    }
}
