using System.Buffers.Binary;
using System.Text;
using Husai.Formats.Files;

namespace Husai.Formats.Torch;

/// <summary>
/// Reads the pickles that PyTorch writes (protocol 2) without running anything: a name is only ever a name, calls are a
/// closed list of constructors, and everything else is refused by name.
/// </summary>
/// <remarks>Yields null, bool, long, double, string, object?[] (tuples), List, <see cref="PickleDictionary"/>,
/// <see cref="PickleGlobal"/>, <see cref="TorchStorage"/> and <see cref="TorchView"/>.</remarks>
internal ref struct PickleReader
{
    public const int MaximumLength = 8 << 20;
    private const int MaximumMemos = 100_000;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly PickleStack _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private int _position;

    private PickleReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <exception cref="InvalidFileException">The pickle is damaged or refers to something outside the closed list.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes, string path)
    {
        var reader = new PickleReader(bytes);
        var start = 0;
        try
        {
            while (true)
            {
                start = reader._position;
                var code = reader.Take(1)[0];
                if (code == (byte)'.')
                {
                    return reader._stack.Pop();
                }

                reader.Execute(code);
            }
        }
        catch (PickleException error)
        {
            throw new InvalidFileException(path, $"its pickle {error.Message} (byte {start})", error);
        }
    }

    private void Execute(byte code)
    {
        switch (code)
        {
            case 0x80:
                var protocol = Take(1)[0];
                _ = protocol == 2 ? 0 : throw new PickleException($"has protocol {protocol}; only 2, PyTorch's own, is read");
                break;
            case (byte)'(':
                _stack.PushMark();
                break;
            case (byte)')':
                _stack.Push(Array.Empty<object?>());
                break;
            case (byte)'}':
                _stack.Push(new PickleDictionary());
                break;
            case (byte)']' or 0x8F:
                _stack.Push(new List<object?>());
                break;
            case (byte)'t':
                _stack.Push(_stack.PopToMark());
                break;
            case 0x85 or 0x86 or 0x87:
                _stack.Push(_stack.Pop(code - 0x84));
                break;
            case (byte)'a':
                Append([_stack.Pop()]);
                break;
            case (byte)'e' or 0x90:
                Append(_stack.PopToMark());
                break;
            case (byte)'s':
                SetItems(_stack.Pop(2));
                break;
            case (byte)'u':
                SetItems(_stack.PopToMark());
                break;
            case (byte)'q':
                Memorise(Take(1)[0]);
                break;
            case (byte)'r':
                Memorise(TakeUInt32());
                break;
            case (byte)'h':
                Recall(Take(1)[0]);
                break;
            case (byte)'j':
                Recall(TakeUInt32());
                break;
            case (byte)'c':
                _stack.Push(TakeGlobal());
                break;
            case (byte)'Q':
                _stack.Push(PickleCalls.PersistentLoad(_stack.Pop()));
                break;
            case (byte)'R' or 0x81:
                var arguments = _stack.Pop();
                _stack.Push(PickleCalls.Call(_stack.Pop(), arguments));
                break;
            case (byte)'b':
                Build();
                break;
            default:
                PushScalar(code);
                break;
        }
    }

    private void PushScalar(byte code) => _stack.Push(code switch
    {
        (byte)'N' => null,
        0x88 => true,
        0x89 => false,
        (byte)'K' => (long)Take(1)[0],
        (byte)'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        (byte)'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        (byte)'G' => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
        0x8A => TakeLong(),
        (byte)'X' => Encoding.UTF8.GetString(Take(TakeUInt32())),
        (byte)'U' => Encoding.Latin1.GetString(Take(Take(1)[0])),
        _ => throw new PickleException($"uses the operation 0x{code:X2}, which no state dict of tensors needs"),
    });

    private readonly void Append(ReadOnlySpan<object?> values)
    {
        var list = _stack.Peek() as List<object?> ?? throw new PickleException("appends to something that is not a list");
        list.AddRange(values);
    }

    private readonly void SetItems(ReadOnlySpan<object?> values)
    {
        if (values.Length % 2 != 0 || _stack.Peek() is not PickleDictionary dictionary)
        {
            throw new PickleException("sets items of something that is not a dictionary, or a key without a value");
        }

        for (var i = 0; i < values.Length; i += 2)
        {
            dictionary.Items.Add(new(values[i], values[i + 1]));
        }
    }

    // The state of an OrderedDict is its attributes, such as a module's _metadata: nothing that we need.
    private readonly void Build()
    {
        _ = _stack.Pop();
        if (_stack.Peek() is not PickleDictionary)
        {
            throw new PickleException("sets the state of something that is not a dictionary");
        }
    }

    private readonly void Memorise(uint index)
    {
        _memo[index] = _stack.Peek();
        if (_memo.Count > MaximumMemos)
        {
            throw new PickleException($"memorises more than {MaximumMemos} objects");
        }
    }

    private readonly void Recall(uint index) => _stack.Push(_memo.TryGetValue(index, out var value)
        ? value
        : throw new PickleException($"recalls the object {index}, which it never memorised"));

    private PickleGlobal TakeGlobal()
    {
        var name = $"{TakeLine()}.{TakeLine()}";
        return PickleGlobal.IsAllowed(name)
            ? new PickleGlobal(name)
            : throw new PickleException($"refers to '{name}', which is not on the list of what may be read; nothing was run");
    }

    private string TakeLine()
    {
        var end = _bytes[_position..].IndexOf((byte)'\n');
        if (end is < 0 or > 200)
        {
            throw new PickleException("has a name without an end");
        }

        var line = Encoding.UTF8.GetString(_bytes.Slice(_position, end));
        _position += end + 1;
        return line;
    }

    private long TakeLong()
    {
        var bytes = Take(Take(1)[0]);
        if (bytes.Length > sizeof(long))
        {
            throw new PickleException("has an integer of more than 64 bits");
        }

        // Two's complement, as short as it can be: the last byte carries the sign.
        var value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1L : 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = value << 8 | bytes[i];
        }

        return value;
    }

    private uint TakeUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)(_bytes.Length - _position))
        {
            throw new PickleException("ends too early");
        }

        var taken = _bytes.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }
}
