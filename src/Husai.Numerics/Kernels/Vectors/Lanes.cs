using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>
/// The 16 virtual lanes in which every kernel works, whatever the hardware's width: loads and stores that may be partial, so that
/// the tail of a row goes through the same code as its body, and reductions over lanes in a fixed order.
/// </summary>
internal static unsafe class Lanes
{
    /// <summary>Number of lanes.</summary>
    public const int Count = 16;

    /// <summary>The length of a row of <paramref name="count"/> elements, padded to whole vectors.</summary>
    public static int Padded(int count) => (count + Count - 1) / Count * Count;

    /// <summary>The next 16 elements, or the <paramref name="remaining"/> ones and <paramref name="fill"/> in the other lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source, int remaining, float fill = 0f) =>
        remaining >= Count ? Vector512.Load(source)
        : Avx512F.IsSupported ? Avx512F.MaskLoad(source, First(remaining), Vector512.Create(fill))
        : Avx.IsSupported ? LoadMasked(source, remaining, fill)
        : LoadPart(source, remaining, fill);

    /// <summary>Stores all lanes, or the first <paramref name="remaining"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target, int remaining)
    {
        if (remaining >= Count)
        {
            value.Store(target);
        }
        else if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(target, First(remaining), value);
        }
        else
        {
            StorePart(value, target, remaining);
        }
    }

    /// <summary>Lanes 0 to 7 and 8 to 15 in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> Lower, Vector512<double> Upper) Widen(Vector512<float> value) =>
        (Vector512.WidenLower(value), Vector512.WidenUpper(value));

    /// <summary>The larger in each lane; a NaN in <paramref name="next"/> is passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Larger(Vector512<float> next, Vector512<float> sofar) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(next, sofar), next, sofar);

    /// <summary>The largest lane of numbers.</summary>
    public static float Maximum(Vector512<float> value)
    {
        var v8 = Vector256.ConditionalSelect(Vector256.GreaterThan(value.GetLower(), value.GetUpper()), value.GetLower(), value.GetUpper());
        var v4 = Larger(v8.GetLower(), v8.GetUpper());
        var v2 = Larger(v4, Vector128.Shuffle(v4, Vector128.Create(2, 3, 0, 1)));
        return Larger(v2, Vector128.Shuffle(v2, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The sum of 16 lanes in single precision: lane i with lane i + 8, then i + 4, i + 2, i + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> value)
    {
        var four = Quarter(value);
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>The first two levels of <see cref="Sum(Vector512{float})"/>: four sums of four lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Quarter(Vector512<float> value)
    {
        var eight = value.GetLower() + value.GetUpper();
        return eight.GetLower() + eight.GetUpper();
    }

    /// <summary>The sum of 16 lanes: lane i with lane i + 8, then i + 4, i + 2, i + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> lower, Vector512<double> upper)
    {
        var v8 = lower + upper;
        var v4 = v8.GetLower() + v8.GetUpper();
        var v2 = v4.GetLower() + v4.GetUpper();
        return v2.GetElement(0) + v2.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Larger(Vector128<float> x, Vector128<float> y) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(x, y), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    // Lanes that are masked out are not read.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> LoadMasked(float* source, int remaining, float fill)
    {
        var mask = First(remaining);
        var loaded = Vector512.Create(Avx.MaskLoad(source, mask.GetLower()), Avx.MaskLoad(source + Count / 2, mask.GetUpper()));
        return Vector512.ConditionalSelect(mask, loaded, Vector512.Create(fill));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> LoadPart(float* source, int remaining, float fill)
    {
        var padded = stackalloc float[Count];
        for (var i = 0; i < Count; i++)
        {
            padded[i] = i < remaining ? source[i] : fill;
        }

        return Vector512.Load(padded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart(Vector512<float> value, float* target, int remaining)
    {
        var padded = stackalloc float[Count];
        value.Store(padded);
        for (var i = 0; i < remaining; i++)
        {
            target[i] = padded[i];
        }
    }
}
