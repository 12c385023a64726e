using Husai.Analysis.Geometry;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>Directions as linear probes: which share of the variance of g(a, b) = direction . x(a, b) lies in a plane's waves.</summary>
internal static class ReadOut
{
    /// <summary>For each direction the largest share over the planes.</summary>
    public static double[] BestShares(Circuit circuit, Matrix directions)
    {
        var result = new double[directions.Rows];
        for (var index = 0; index < result.Length; index++)
        {
            var direction = directions.Row(index);
            var variance = Variance(circuit.Covariance, direction) * circuit.Modulus * circuit.Modulus;
            foreach (var plane in circuit.Planes)
            {
                var power = 0.0;
                for (var wave = 0; wave < plane.Regressions.Rows; wave++)
                {
                    var coefficient = Reductions.Dot(plane.Regressions.Row(wave), direction);
                    power += coefficient * coefficient;
                }

                result[index] = Math.Max(result[index], variance > 0 ? power / variance : 0);
            }
        }

        return result;
    }

    private static double Variance(Covariance covariance, ReadOnlySpan<float> direction)
    {
        var sum = 0.0;
        for (var i = 0; i < direction.Length; i++)
        {
            var product = 0.0;
            for (var j = 0; j < direction.Length; j++)
            {
                product += covariance.Values[i, j] * direction[j];
            }

            sum += direction[i] * product;
        }

        return sum;
    }
}
