using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics.Products;

/// <summary>
/// Brings a block of memory, a number of equally long rows, into the second-level cache share by share, while something else is at work.
/// It decides speed only; without prefetch instructions it does nothing.
/// </summary>
internal unsafe struct PrefetchStream
{
    // Floats of a cache line.
    private const int Line = 16;

    private readonly float* _start;
    private readonly nint _stride;
    private readonly int _length;
    private readonly int _rows;
    private readonly int _share;
    private int _row;
    private int _position;

    /// <param name="start">First element.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="shares">Number of calls of <see cref="Next"/> that bring all of it.</param>
    public PrefetchStream(float* start, nint stride, int rows, int length, int shares)
    {
        _start = start;
        _stride = stride;
        _rows = Sse.IsSupported ? rows : 0;
        _length = length;
        var lines = (length + Line - 1) / Line * rows;
        _share = (lines + shares - 1) / shares;
    }

    /// <summary>Asks for the next share.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        for (var line = 0; line < _share && _row < _rows; line++)
        {
            Sse.Prefetch1(_start + _row * _stride + _position);
            _position += Line;
            if (_position >= _length)
            {
                _position = 0;
                _row++;
            }
        }
    }
}
