using System.Runtime.Intrinsics;

namespace Husai.Numerics.Functions;

/// <summary>
/// Elementary functions in double precision with the same bits on every machine: the platform's own differ with its C library.
/// Errors are measured against 50 digits over the points of <c>tests/Oracles/transcendental.csv</c>; all are below 1 ulp.
/// </summary>
/// <remarks>Each is one lane of the vector function that the kernels use, or shares its steps.</remarks>
internal static class Transcendental
{
    /// <summary>e^x: 0 for minus infinity, subnormal results included.</summary>
    /// <param name="x">Any number; NaN gives NaN.</param>
    public static double Exp(double x) => Exponential.Exp(Vector512.Create(x)).ToScalar();

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">NaN below 0, minus infinity at 0.</param>
    public static double Log(double x) => Logarithm.Log(Vector512.Create(x)).ToScalar();

    /// <summary>log(1 + x), which keeps its digits when x is small.</summary>
    /// <param name="x">NaN below -1, minus infinity at -1.</param>
    public static double Log1p(double x) => Logarithm.Log1p(Vector512.Create(x)).ToScalar();

    /// <summary>x^y, with the special cases of IEEE 754.</summary>
    /// <param name="x">Base; NaN when it is negative and <paramref name="y"/> is no integer.</param>
    /// <param name="y">Exponent; 0 gives 1 for any base.</param>
    public static double Pow(double x, double y) => Power.Pow(x, y);

    /// <summary>The sine of an angle in radians, also of large ones; NaN for infinities.</summary>
    public static double Sin(double x) => Trigonometry.SinCos(x).Sin;

    /// <summary>The cosine of an angle in radians, also of large ones; NaN for infinities.</summary>
    public static double Cos(double x) => Trigonometry.SinCos(x).Cos;

    /// <summary>Sine and cosine of an angle in radians.</summary>
    public static (double Sin, double Cos) SinCos(double x) => Trigonometry.SinCos(x);

    /// <summary>
    /// The angle of the point (x, y) in radians, in [-pi, pi], with an error of at most 2 ulp and the special cases of IEEE 754.
    /// </summary>
    /// <param name="y">The second coordinate.</param>
    /// <param name="x">The first coordinate.</param>
    public static double Atan2(double y, double x) => Arctangent.Atan2(y, x);

    /// <summary>The error function, 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    public static double Erf(double x) => ErrorFunction.Erf(Vector512.Create(x)).ToScalar();
}
