using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Husai.Analysis.Circuits;

/// <summary>
/// Sums of a map over the inputs (a, b) along the lines of constant a, b, a + b and a - b, each in order of a, then of b: the sums of four
/// lines at a residue are four lanes of one vector.
/// </summary>
internal static class LineSums
{
    /// <summary>Sums a map.</summary>
    /// <param name="values">The p² values, that at (a, b) at a p + b.</param>
    /// <param name="modulus">The modulus p.</param>
    /// <returns>For each residue x the sums where a, b, a + b and a - b are x, in the order of <see cref="GridLine"/>.</returns>
    public static Vector256<double>[] Of(ReadOnlySpan<float> values, int modulus)
    {
        var first = new double[modulus];
        var second = new double[modulus];
        var sum = new double[modulus];
        // Of b - a, so that its places ascend with b as those of a + b do.
        var reversed = new double[modulus];
        for (var a = 0; a < modulus; a++)
        {
            var row = values.Slice(a * modulus, modulus);
            foreach (var value in row)
            {
                first[a] += value;
            }

            Add(second, row);
            Add(sum.AsSpan(a), row[..(modulus - a)]);
            Add(sum, row[(modulus - a)..]);
            Add(reversed, row[a..]);
            Add(reversed.AsSpan(modulus - a), row[..a]);
        }

        var sums = new Vector256<double>[modulus];
        for (var x = 0; x < modulus; x++)
        {
            sums[x] = Vector256.Create(first[x], second[x], sum[x], reversed[x == 0 ? 0 : modulus - x]);
        }

        return sums;
    }

    private static void Add(Span<double> sums, ReadOnlySpan<float> values)
    {
        ref var target = ref MemoryMarshal.GetReference(sums);
        ref var source = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)i));
            (Vector256.LoadUnsafe(ref target, (nuint)i) + lower).StoreUnsafe(ref target, (nuint)i);
            var next = (nuint)(i + Vector256<double>.Count);
            (Vector256.LoadUnsafe(ref target, next) + upper).StoreUnsafe(ref target, next);
        }

        for (; i < values.Length; i++)
        {
            sums[i] += values[i];
        }
    }
}
