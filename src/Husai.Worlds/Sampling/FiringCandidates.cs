using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Worlds.Sampling;

/// <summary>
/// Finds the features that may fire from the upper 8 bits of their uniform numbers: all but a few are ruled out at eight to a vector,
/// without a transcendental function. What is left is decided exactly, so that the bound has no influence on what fires.
/// </summary>
/// <remarks>
/// A feature fires where its uniform number is below Q(s), the normal tail above its threshold s. With c1 to c4 of Abramowitz and Stegun
/// 26.2.18 and P = 1 + c1 s + ... + c4 s^4, Q(s) is within 2.5e-4 of P^-4 / 2 for s at least 0. So a byte b rules the feature out where
/// <c>b >= 128 P^-4 + 256 x 2.5e-4</c>, or without a division <c>(b - 0.1) P^4 >= 128</c>, in which 0.036 is left over for rounding.
/// </remarks>
internal static class FiringCandidates
{
    private const int Lanes = 8;
    private const float Margin = 0.1f;
    private const float Half = 128f;

    /// <summary>Writes the positions of the features that may fire, in order.</summary>
    /// <param name="coarse">Upper 8 bits of each feature's uniform number.</param>
    /// <param name="thresholds">Of each feature; infinite ones included.</param>
    /// <param name="candidates">Receives the positions; as long as the thresholds.</param>
    /// <returns>How many.</returns>
    public static int Find(ReadOnlySpan<byte> coarse, ReadOnlySpan<float> thresholds, Span<int> candidates)
    {
        ref var byteStart = ref MemoryMarshal.GetReference(coarse);
        ref var thresholdStart = ref MemoryMarshal.GetReference(thresholds);
        var count = 0;
        var start = 0;
        for (; start + Lanes <= thresholds.Length; start += Lanes)
        {
            var bytes = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref byteStart, start));
            Add(MayFire(Vector256.LoadUnsafe(ref thresholdStart, (nuint)start), bytes), start, candidates, ref count);
        }

        if (start < thresholds.Length)
        {
            Span<float> padded = stackalloc float[Lanes];
            Span<byte> paddedBytes = stackalloc byte[Lanes];
            padded.Clear();
            thresholds[start..].CopyTo(padded);
            coarse[start..thresholds.Length].CopyTo(paddedBytes);
            var present = (1u << (thresholds.Length - start)) - 1;
            Add(MayFire(Vector256.Create<float>(padded), MemoryMarshal.Read<ulong>(paddedBytes)) & present, start, candidates, ref count);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MayFire(Vector256<float> thresholds, ulong bytes)
    {
        // An infinite threshold makes P^4 infinite and the difference is never 0, so that no NaN arises.
        var coarse = Vector256.ConvertToSingle(Widen(Vector128.CreateScalarUnsafe(bytes).AsByte()));
        var s = Vector256.MaxNative(thresholds, Vector256<float>.Zero);
        var p = Vector256.FusedMultiplyAdd(Vector256.Create(0.019527f), s, Vector256.Create(0.000344f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(0.115194f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(0.196854f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256<float>.One);
        p *= p;
        var scaled = (coarse - Vector256.Create(Margin)) * (p * p);

        // Below 0 the tail is above a half: the bound for 0 does not hold there.
        var mayFire = Vector256.LessThan(scaled, Vector256.Create(Half)) | Vector256.LessThan(thresholds, Vector256<float>.Zero);
        return mayFire.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector128<byte> bytes)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int32(bytes);
        }

        var (lower, upper) = Vector128.Widen(Vector128.WidenLower(bytes));
        return Vector256.Create(lower, upper).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(uint mayFire, int start, Span<int> candidates, ref int count)
    {
        for (; mayFire != 0; mayFire &= mayFire - 1)
        {
            candidates[count++] = start + BitOperations.TrailingZeroCount(mayFire);
        }
    }
}
