using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>
/// The variances of a normal vector that has given second moments once it is scaled to length 1. Scaling flattens a spectrum: drawing with the second moments themselves would
/// give directions that are too even, and a chance level that is too low.
/// </summary>
public static class DirectionalSpectrum
{
    // The integral's variable is t = e^u.
    private const double FirstU = -14;
    private const double LastU = 22;
    private const int Steps = 360;

    private const double Negligible = 1e-9;
    private const double Tolerance = 1e-6;
    private const double Exponent = 1.3;
    private const int MostIterations = 10_000;

    // The largest factor of the integrand is 1 + 2 e^22: so many of them stay far below the largest double.
    private const int FactorsPerExponent = 16;

    private static readonly int Lanes = Vector512<double>.Count;
    private static readonly double[] Points = MakePoints();

    /// <summary>
    /// The l (sum 1) for which z_k sqrt(l_k), z standard normal, scaled to length 1 has the second moments s:
    /// s_k = ∫ over t &gt; 0 of l_k / (1 + 2 l_k t) Π_j (1 + 2 l_j t)^(-1/2), found by l_k ← l_k (s_k / m_k)^1.3 until every ratio is within 1e-6 of 1.
    /// </summary>
    /// <param name="moments">Second moments s of unit directions along their axes; those below 1e-9 count as 0. They are scaled to sum 1.</param>
    /// <returns>Variances, in the order of <paramref name="moments"/>.</returns>
    /// <exception cref="ArgumentException">No moment is positive.</exception>
    public static double[] Variances(IReadOnlyList<double> moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        var total = moments.Where(moment => moment > 0).Sum();
        var kept = Enumerable.Range(0, moments.Count).Where(k => moments[k] > 0 && moments[k] >= Negligible * total).ToArray();
        if (kept.Length == 0)
        {
            throw new ArgumentException("no second moment is positive", nameof(moments));
        }

        var keptTotal = kept.Sum(k => moments[k]);
        var solved = Solve(Array.ConvertAll(kept, k => moments[k] / keptTotal));
        var result = new double[moments.Count];
        for (var k = 0; k < kept.Length; k++)
        {
            result[kept[k]] = solved[k];
        }

        return result;
    }

    private static double[] Solve(double[] moments)
    {
        if (moments.Length == 1)
        {
            return moments;
        }

        if (moments.Length == 2)
        {
            // Closed form: the ratio of the variances is the square of that of the moments.
            var (first, second) = (moments[0] * moments[0], moments[1] * moments[1]);
            return [first / (first + second), second / (first + second)];
        }

        var variances = (double[])moments.Clone();
        var scaled = new double[variances.Length];
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            Moments(variances, scaled);
            var largest = 0.0;
            for (var k = 0; k < variances.Length; k++)
            {
                var ratio = moments[k] / scaled[k];
                largest = Math.Max(largest, Math.Abs(ratio - 1));
                variances[k] *= Transcendental.Pow(ratio, Exponent);
            }

            var sum = variances.Sum();
            for (var k = 0; k < variances.Length; k++)
            {
                variances[k] /= sum;
            }

            if (largest < Tolerance)
            {
                break;
            }
        }

        return variances;
    }

    /// <summary>Second moments of directions drawn with given variances.</summary>
    internal static void Moments(double[] variances, double[] moments)
    {
        var weights = Weights(variances);
        for (var k = 0; k < variances.Length; k++)
        {
            var sum = Vector512<double>.Zero;
            var twice = Vector512.Create(2 * variances[k]);
            for (var start = 0; start < Points.Length; start += Lanes)
            {
                sum += Load(weights, start) / (Vector512<double>.One + twice * Load(Points, start));
            }

            moments[k] = variances[k] * Vector512.Sum(sum);
        }
    }

    // For each point t du Π_j (1 + 2 l_j t)^(-1/2), the product as a mantissa and an exponent of 2 so that it cannot overflow.
    private static double[] Weights(double[] variances)
    {
        var result = new double[Points.Length];
        for (var start = 0; start < Points.Length; start += Lanes)
        {
            var t = Load(Points, start);
            var mantissa = Vector512<double>.One;
            var exponent = Vector512<long>.Zero;
            for (var k = 0; k < variances.Length; k++)
            {
                mantissa *= Vector512<double>.One + Vector512.Create(2 * variances[k]) * t;
                if ((k + 1) % FactorsPerExponent == 0 || k == variances.Length - 1)
                {
                    var bits = mantissa.AsInt64();
                    exponent += Vector512.ShiftRightLogical(bits, 52) - Vector512.Create(1023L);
                    mantissa = (bits & Vector512.Create(0x000FFFFFFFFFFFFFL) | Vector512.Create(0x3FF0000000000000L)).AsDouble();
                }
            }

            for (var lane = 0; lane < Lanes && start + lane <= Steps; lane++)
            {
                var power = exponent[lane];
                var root = Math.ScaleB(1 / Math.Sqrt(mantissa[lane] * (power % 2 == 0 ? 1 : 2)), (int)Math.Max(-power / 2, -2000));
                result[start + lane] = root * t[lane] * ((LastU - FirstU) / Steps) * (start + lane is 0 or Steps ? 0.5 : 1);
            }
        }

        return result;
    }

    // Padded to whole vectors with points of no weight.
    private static double[] MakePoints()
    {
        var result = new double[(Steps + Lanes) / Lanes * Lanes];
        for (var step = 0; step < result.Length; step++)
        {
            result[step] = step <= Steps ? Transcendental.Exp(FirstU + step * (LastU - FirstU) / Steps) : 1;
        }

        return result;
    }

    private static Vector512<double> Load(double[] values, int start) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)start);
}
