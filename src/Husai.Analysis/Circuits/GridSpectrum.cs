using System.Runtime.InteropServices;
using Husai.Numerics.Kernels;

namespace Husai.Analysis.Circuits;

/// <summary>The two-dimensional Fourier spectrum of a function over all inputs (a, b).</summary>
internal static class GridSpectrum
{
    /// <summary>
    /// Coefficients F X Fᵀ in the orthonormal basis of <see cref="FourierWaves.Basis"/>; their squares sum to the squares of the map.
    /// </summary>
    /// <param name="map">Values at (a, b), row a after row a - 1; length p².</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <returns><c>[p, p]</c>: component of a first, of b second.</returns>
    /// <exception cref="ArgumentException">The map does not have p² values.</exception>
    public static double[,] Of(ReadOnlySpan<float> map, int modulus)
    {
        if (map.Length != (long)modulus * modulus)
        {
            throw new ArgumentException($"{map.Length} values where {modulus}² are needed", nameof(map));
        }

        var basis = new FourierWaves(modulus).Basis();
        var overSecond = new double[modulus][];
        var transposed = new double[modulus][];
        for (var b = 0; b < modulus; b++)
        {
            transposed[b] = new double[modulus];
            for (var j = 0; j < modulus; j++)
            {
                transposed[b][j] = basis[j, b];
            }
        }

        for (var a = 0; a < modulus; a++)
        {
            overSecond[a] = new double[modulus];
            for (var b = 0; b < modulus; b++)
            {
                DoublePrecision.AddMultiple(overSecond[a], transposed[b], map[a * modulus + b]);
            }
        }

        var result = new double[modulus, modulus];
        for (var i = 0; i < modulus; i++)
        {
            var row = MemoryMarshal.CreateSpan(ref result[i, 0], modulus);
            for (var a = 0; a < modulus; a++)
            {
                DoublePrecision.AddMultiple(row, overSecond[a], basis[i, a]);
            }
        }

        return result;
    }
}
