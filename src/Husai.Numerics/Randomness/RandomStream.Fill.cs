using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Randomness;

/// <content>Many numbers at once: the same ones as one at a time.</content>
internal sealed partial class RandomStream
{
    private const int BufferWords = 512;

    /// <summary>Words of the stream that a normal number takes.</summary>
    public const int WordsPerNormal = 2;

    /// <summary>Fills with random bits, as <see cref="NextUInt32"/> makes them.</summary>
    /// <param name="words">Receives the bits; takes one word for each.</param>
    public void FillBits(Span<uint> words) => Take(words);

    /// <summary>
    /// Writes the random bits at some places of the stream, whose position stays: for draws of which each has a place of its own.
    /// </summary>
    /// <param name="blocks">The places, as positions divided by 4, in any order.</param>
    /// <param name="words">Receives the four words from each place on.</param>
    /// <exception cref="ArgumentException">There are not four words for each place.</exception>
    public void CopyBlocks(ReadOnlySpan<ulong> blocks, Span<uint> words)
    {
        if (words.Length != (long)blocks.Length * Philox4x32.WordsPerBlock)
        {
            throw new ArgumentException(
                $"{words.Length} words for {blocks.Length} places: each has {Philox4x32.WordsPerBlock}", nameof(words));
        }

        Philox4x32.Fill(words, _key, blocks, _purpose, _index);
    }

    /// <summary>
    /// Fills with uniform numbers in [low, high), as <c>low + (high - low) * NextSingle()</c> makes them; rounding may reach high.
    /// </summary>
    /// <param name="values">Receives the numbers; takes one word for each.</param>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">At least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite, or they are in the wrong order.</exception>
    public void FillUniform(Span<float> values, float low = 0f, float high = 1f)
    {
        if (!float.IsFinite(low) || !float.IsFinite(high - low) || high < low)
        {
            throw new ArgumentOutOfRangeException(nameof(high), $"{low} to {high} is no finite range");
        }

        Span<uint> words = stackalloc uint[BufferWords];
        while (!values.IsEmpty)
        {
            var taken = words[..Math.Min(words.Length, values.Length)];
            Take(taken);
            ToUniform(taken, values, low, high - low);
            values = values[taken.Length..];
        }
    }

    /// <summary>Fills with normal numbers, as <c>(float)(mean + deviation * NextNormal())</c> makes them.</summary>
    /// <param name="values">Receives the numbers; takes two words for each.</param>
    /// <param name="mean">Mean.</param>
    /// <param name="deviation">Standard deviation, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not finite, or the deviation is negative.</exception>
    public void FillNormal(Span<float> values, float mean = 0f, float deviation = 1f)
    {
        if (!float.IsFinite(mean) || !float.IsFinite(deviation) || deviation < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(deviation), $"mean {mean} and standard deviation {deviation} are no normal distribution");
        }

        Span<ulong> bits = stackalloc ulong[BufferWords / 2];
        while (!values.IsEmpty)
        {
            var taken = bits[..Math.Min(bits.Length, values.Length)];
            Take(MemoryMarshal.Cast<ulong, uint>(taken));
            ToNormal(taken, values, mean, deviation);
            values = values[taken.Length..];
        }
    }

    /// <summary>Fills the rows of a matrix, one after the other, with standard normal numbers.</summary>
    /// <param name="rows">Receives the numbers; takes two words for each.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public void FillNormal(Matrix rows, Workers? workers)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var start = Position;
        var wordsPerRow = (ulong)rows.Columns * WordsPerNormal;
        RowBlocks.For(rows.Rows, rows.Columns, workers, (first, end) =>
        {
            var part = At(start + ((ulong)first * wordsPerRow));
            for (var row = first; row < end; row++)
            {
                part.FillNormal(rows.Row(row));
            }
        });
        Position = start + ((ulong)rows.Rows * wordsPerRow);
    }

    private static void ToUniform(ReadOnlySpan<uint> words, Span<float> values, float low, float width)
    {
        Span<uint> lanes = stackalloc uint[Vector512<uint>.Count];
        Span<float> results = stackalloc float[Vector512<float>.Count];
        for (var start = 0; start < words.Length; start += lanes.Length)
        {
            var count = Math.Min(lanes.Length, words.Length - start);
            words.Slice(start, count).CopyTo(lanes);
            var upper = Vector512.ShiftRightLogical(Vector512.Create<uint>(lanes), 8).AsInt32();
            var fraction = Vector512.ConvertToSingle(upper) * Vector512.Create(1f / (1 << 24));
            (Vector512.Create(low) + Vector512.Create(width) * fraction).CopyTo(results);
            results[..count].CopyTo(values[start..]);
        }
    }

    private static void ToNormal(ReadOnlySpan<ulong> bits, Span<float> values, double mean, double deviation)
    {
        const int lanes = 8;
        Span<ulong> padded = stackalloc ulong[BufferWords / WordsPerNormal];
        Span<double> numbers = stackalloc double[BufferWords / WordsPerNormal];
        padded[(bits.Length & -lanes)..Math.Min(padded.Length, (bits.Length & -lanes) + lanes)].Clear();
        bits.CopyTo(padded);
        for (var start = 0; start < bits.Length; start += lanes)
        {
            Probability(Vector512.Create<ulong>(padded.Slice(start, lanes))).CopyTo(numbers[start..]);
        }

        NormalQuantile.At(numbers[..bits.Length], numbers[..bits.Length]);
        for (var index = 0; index < bits.Length; index++)
        {
            values[index] = (float)(mean + deviation * numbers[index]);
        }
    }

    // The next words of the stream, in order.
    private void Take(Span<uint> words)
    {
        while (!words.IsEmpty && Position % Philox4x32.WordsPerBlock != 0)
        {
            words[0] = NextUInt32();
            words = words[1..];
        }

        var whole = words[..(words.Length / Philox4x32.WordsPerBlock * Philox4x32.WordsPerBlock)];
        Philox4x32.Fill(whole, _key, Position / Philox4x32.WordsPerBlock, _purpose, _index);
        Position += (ulong)whole.Length;
        for (var i = whole.Length; i < words.Length; i++)
        {
            words[i] = NextUInt32();
        }
    }
}
