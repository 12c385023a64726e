using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;

namespace Husai.Analysis.Chance;

/// <summary>
/// The variances of a normal vector that has given second moments once it is scaled to length 1. Scaling flattens a spectrum: drawing with
/// the second moments themselves would give directions that are too even, and a chance level that is too low.
/// </summary>
internal static class DirectionalSpectrum
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

    // Up to this exponent its half is that of a normal number.
    private const long LargestNormal = 2000;

    private static readonly int Lanes = Vector512<double>.Count;
    private static readonly double[] Points = MakePoints();
    private static readonly double[] Ends = MakeEnds();

    /// <summary>
    /// The l (sum 1) for which z_k sqrt(l_k), z standard normal, scaled to length 1 has the second moments s:
    /// s_k = ∫ over t &gt; 0 of l_k / (1 + 2 l_k t) Π_j (1 + 2 l_j t)^(-1/2), found by l_k ← l_k (s_k / m_k)^1.3 until every ratio is
    /// within 1e-6 of 1.
    /// </summary>
    /// <param name="moments">Second moments s of unit directions along their axes; those below 1e-9 count as 0. They are scaled to sum
    /// 1.</param>
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

            // (mantissa 2^exponent)^(-1/2), with an odd exponent's 2 under the root.
            var even = Vector512.Equals(exponent & Vector512<long>.One, Vector512<long>.Zero).AsDouble();
            var root = Vector512<double>.One / Vector512.Sqrt(
                mantissa * Vector512.ConditionalSelect(even, Vector512<double>.One, Vector512.Create(2.0)));
            var scaled = Vector512.LessThanOrEqualAll(exponent, Vector512.Create(LargestNormal))
                ? root * Vector512.ShiftLeft(Vector512.Create(1023L) - Vector512.ShiftRightLogical(exponent, 1), 52).AsDouble()
                : Scaled(root, exponent);
            (scaled * t * Vector512.Create((LastU - FirstU) / Steps) * Load(Ends, start))
                .StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(result), (nuint)start);
        }

        return result;
    }

    // 2^(-exponent / 2) may lie below the smallest normal number.
    private static Vector512<double> Scaled(Vector512<double> root, Vector512<long> exponent)
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            root = root.WithElement(lane, Math.ScaleB(root[lane], (int)Math.Max(-exponent[lane] / 2, -2000)));
        }

        return root;
    }

    // Factors of the trapezoidal rule.
    private static double[] MakeEnds()
    {
        var result = new double[Points.Length];
        Array.Fill(result, 1, 0, Steps + 1);
        result[0] = result[Steps] = 0.5;
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
