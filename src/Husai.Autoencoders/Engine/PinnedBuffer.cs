using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Husai.Autoencoders.Engine;

/// <summary>Working memory that grows as needed and never moves otherwise.</summary>
internal sealed unsafe class PinnedBuffer<T>(int length = 0)
    where T : unmanaged
{
    private T[] _items = GC.AllocateArray<T>(length, pinned: true);

    public int Length => _items.Length;

    public T* Pointer => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_items));

    public Span<T> AsSpan(int count) => _items.AsSpan(0, count);

    /// <summary>Makes room for <paramref name="length"/> items, keeping those there.</summary>
    public T* Reserve(long length)
    {
        if (length > _items.Length)
        {
            var larger = GC.AllocateArray<T>(checked((int)Math.Max(length, Math.Min(2L * _items.Length, Array.MaxLength))), pinned: true);
            _items.CopyTo(larger, 0);
            _items = larger;
        }

        return Pointer;
    }
}
