using System.Runtime.CompilerServices;

namespace Husai.Numerics.Selection;

/// <summary>The order-preserving map between floats (NaN apart) and integers, so that a bisection reaches any float in 32 steps.</summary>
internal static class OrderedBits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FromSingle(float value) => Flip(BitConverter.SingleToInt32Bits(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToSingle(int ordered) => BitConverter.Int32BitsToSingle(Flip(ordered));

    // Negative floats order backwards by their bits: flip all of them but the sign. The map is its own inverse.
    private static int Flip(int bits) => bits ^ ((bits >> 31) & int.MaxValue);
}
