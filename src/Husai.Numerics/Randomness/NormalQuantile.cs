using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;

namespace Husai.Numerics.Randomness;

/// <summary>
/// The inverse of the normal distribution function, relative error about 1e-15: algorithm AS 241, PPND16 (Wichura 1988,
/// "The percentage points of the normal distribution", Applied Statistics 37). Rational functions of p in the centre and of
/// sqrt(-log p) in the tails; their coefficients are the published ones.
/// </summary>
internal static class NormalQuantile
{
    private const double CentralHalfWidth = 0.425;
    private const double CentralConstant = 0.180625;
    private const double NearTailConstant = 1.6;
    private const double FarTailStart = 5;
    private const int Lanes = 8;
    private const int Block = 256;

    // Any number in a tail.
    private const double Tail = 0.01;

    /// <summary>The number that a standard normal variable does not exceed with a probability.</summary>
    /// <param name="probability">In [0, 1]; 0 gives minus infinity, 1 infinity.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public static double At(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), $"{probability} is no probability");
        }

        return probability == 0 ? double.NegativeInfinity
            : probability == 1 ? double.PositiveInfinity
            : Of(Vector512.Create(probability)).ToScalar();
    }

    /// <summary>The quantiles of many probabilities, to the bits of one at a time.</summary>
    /// <param name="probabilities">All in (0, 1): this is not checked.</param>
    /// <param name="quantiles">Receives them; as long, and may be the same span.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void At(ReadOnlySpan<double> probabilities, Span<double> quantiles)
    {
        if (probabilities.Length != quantiles.Length)
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities do not have {quantiles.Length} quantiles", nameof(quantiles));
        }

        // One in seven lies in a tail, hence one of nearly any eight: tails are collected, and computed eight at a time.
        Span<double> tails = stackalloc double[Block];
        Span<int> places = stackalloc int[Block];
        Span<double> lanes = stackalloc double[Lanes];
        for (var first = 0; first < probabilities.Length; first += Block)
        {
            var end = Math.Min(probabilities.Length, first + Block);
            var count = 0;
            for (var start = first; start < end; start += Lanes)
            {
                var present = Math.Min(Lanes, end - start);
                lanes.Fill(0.5);
                probabilities.Slice(start, present).CopyTo(lanes);
                var p = Vector512.Create<double>(lanes);
                var q = p - Vector512.Create(0.5);
                for (var tail = IsTail(q).ExtractMostSignificantBits(); tail != 0; tail &= tail - 1)
                {
                    var lane = BitOperations.TrailingZeroCount(tail);
                    tails[count] = lanes[lane];
                    places[count++] = start + lane;
                }

                CentralOf(q).CopyTo(lanes);
                lanes[..present].CopyTo(quantiles[start..]);
            }

            tails.Slice(count, -count & (Lanes - 1)).Fill(Tail);
            for (var start = 0; start < count; start += Lanes)
            {
                TailOf(Vector512.Create<double>(tails.Slice(start, Lanes))).CopyTo(lanes);
                for (var lane = 0; lane < Math.Min(Lanes, count - start); lane++)
                {
                    quantiles[places[start + lane]] = lanes[lane];
                }
            }
        }
    }

    /// <summary>The quantiles of eight probabilities in (0, 1).</summary>
    internal static Vector512<double> Of(Vector512<double> p)
    {
        var q = p - Vector512.Create(0.5);
        var isTail = IsTail(q);
        return isTail == Vector512<double>.Zero ? CentralOf(q) : Vector512.ConditionalSelect(isTail, TailOf(p), CentralOf(q));
    }

    private static Vector512<double> IsTail(Vector512<double> q) =>
        Vector512.GreaterThan(Vector512.Abs(q), Vector512.Create(CentralHalfWidth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> CentralOf(Vector512<double> q) =>
        q * Central(Vector512.FusedMultiplyAdd(-q, q, Vector512.Create(CentralConstant)));

    private static Vector512<double> TailOf(Vector512<double> p)
    {
        var depth = Vector512.Sqrt(-Logarithm.Log(Vector512.Min(p, Vector512<double>.One - p)));
        var tail = NearTail(depth - Vector512.Create(NearTailConstant));
        var isFar = Vector512.GreaterThan(depth, Vector512.Create(FarTailStart));
        if (isFar != Vector512<double>.Zero)
        {
            tail = Vector512.ConditionalSelect(isFar, FarTail(depth - Vector512.Create(FarTailStart)), tail);
        }

        return Vector512.CopySign(tail, p - Vector512.Create(0.5));
    }

    // |p - 1/2| <= 0.425.
    private static Vector512<double> Central(Vector512<double> r) =>
        Polynomial(
            r, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3)
        / Polynomial(
            r, 1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3);

    // 1.4e-11 <= p < 0.075.
    private static Vector512<double> NearTail(Vector512<double> r) =>
        Polynomial(
            r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)
        / Polynomial(
            r, 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
            1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9);

    // p < 1.4e-11.
    private static Vector512<double> FarTail(Vector512<double> r) =>
        Polynomial(
            r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
        / Polynomial(
            r, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15);

    // c0 + c1 x + ... + c7 x^7 by Horner's rule, every step one rounding.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Polynomial(
        Vector512<double> x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
    {
        var sum = Vector512.FusedMultiplyAdd(Vector512.Create(c7), x, Vector512.Create(c6));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(c5));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(c4));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(c3));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(c2));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(c1));
        return Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(c0));
    }
}
