using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Husai.Numerics.Functions;

/// <summary>
/// The error function in lanes: an odd polynomial below 1, and 1 - erfc above, where erfc has the form of an exponential.
/// </summary>
/// <remarks>
/// The coefficients are those of <c>tests/Oracles/transcendental_coefficients.py</c>; only correctly rounded operations are used.
/// </remarks>
internal static partial class ErrorFunction
{
    // erf(x) / x - 1 in x^2 for |x| <= 1, error 3.1e-9.
    private const float Small0 = 0.12837917f;
    private const float Small1 = -0.3761263f;
    private const float Small2 = 0.11283618f;
    private const float Small3 = -0.026855124f;
    private const float Small4 = 0.005190726f;
    private const float Small5 = -0.0008030687f;
    private const float Small6 = 7.920421e-05f;

    // log(erfc(t)) for t in [1, 4], error 3.7e-11 in erfc.
    private const float Large0 = 0.00021116555f;
    private const float Large1 = -1.1296968f;
    private const float Large2 = -0.6329591f;
    private const float Large3 = -0.10874087f;
    private const float Large4 = 0.025452662f;
    private const float Large5 = -0.0043209456f;
    private const float Large6 = 0.00047530828f;
    private const float Large7 = -2.7242966e-05f;
    private const float Large8 = 3.8981764e-07f;

    /// <summary>erf x with an error below 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            return Vector512.Create(Erf(x.GetLower()), Erf(x.GetUpper()));
        }

        var t = Vector512.Abs(x);
        var one = Vector512.Create(1f);
        var z = x * x;
        var p = Vector512.Create(Small6);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(Small5));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(Small4));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(Small3));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(Small2));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(Small1));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(Small0));
        var small = Vector512.FusedMultiplyAdd(x, p, x);

        // At 4 erf is 1 - 1.5e-8, which rounds to 1.
        var bounded = Vector512.ConditionalSelect(Vector512.LessThan(t, Vector512.Create(4f)), t, Vector512.Create(4f));
        var q = Vector512.Create(Large8);
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large7));
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large6));
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large5));
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large4));
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large3));
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large2));
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large1));
        q = Vector512.FusedMultiplyAdd(q, bounded, Vector512.Create(Large0));
        var large = Vector512.CopySign(one - Exponential.Exp(q), x);

        // A NaN is not at least 1 and comes out of the polynomial.
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(t, one), large, small);
    }

    /// <summary>erf x with an error below 1 ulp.</summary>
    public static Vector512<double> Erf(Vector512<double> x)
    {
        var t = Vector512.Abs(x);
        var one = Vector512.Create(1.0);
        var small = Vector512.FusedMultiplyAdd(x, Polynomial(x * x, Below1), x);

        // erfc(t) = e^(-t^2) P(1 / (1 + t)); at 6 erf is 1 - 2e-17, which rounds to 1.
        var bounded = Vector512.ConditionalSelect(Vector512.LessThan(t, Vector512.Create(6.0)), t, Vector512.Create(6.0));
        var complement = Exponential.Exp(-(bounded * bounded)) * Polynomial(one / (one + bounded), Above1);
        var large = Vector512.CopySign(one - complement, x);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(t, one), large, small);
    }

    // erf(x) / x - 1 in x^2 for x^2 in [0, 1], error 1.2e-17.
    private static ReadOnlySpan<double> Below1 =>
    [
        0.1283791670955126, -0.37612638903183876, 0.11283791670958783, -0.026866170645631897, 0.00522397762924565,
        -0.0008548327199358272, 0.00012055338161400656, -1.4925748180206354e-05, 1.6463247307130268e-06, -1.637237189266046e-07,
        1.4798357515548637e-08, -1.1876561192742223e-09, 6.762830419178554e-11,
    ];

    // erfc(t) e^(t^2) in u = 1 / (1 + t) for t in [1, 6], error 7.6e-21 in erfc.
    private static ReadOnlySpan<double> Above1 =>
    [
        3.2285088487943925e-07, 0.5641726499115456, 0.5646034595658259, 0.2758566433498585, -0.2175208824592516,
        -1.1878199705151051, 2.510065810636698, -8.951592235973155, 30.581904443964365, -41.10046449534764,
        -77.02511909700601, 485.4668684404971, -1180.5879371729043, 1829.541739626885, -1973.4830352605954,
        1494.8685136692466, -765.8777941072038, 239.90775624610927, -34.85392545140129,
    ];

    private static Vector512<double> Polynomial(Vector512<double> x, ReadOnlySpan<double> coefficients)
    {
        var sum = Vector512.Create(coefficients[^1]);
        for (var i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(coefficients[i]));
        }

        return sum;
    }
}
