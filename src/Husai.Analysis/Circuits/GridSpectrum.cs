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
        var overSecond = new double[modulus, modulus];
        for (var a = 0; a < modulus; a++)
        {
            for (var j = 0; j < modulus; j++)
            {
                for (var b = 0; b < modulus; b++)
                {
                    overSecond[a, j] += map[a * modulus + b] * basis[j, b];
                }
            }
        }

        var result = new double[modulus, modulus];
        for (var i = 0; i < modulus; i++)
        {
            for (var a = 0; a < modulus; a++)
            {
                for (var j = 0; j < modulus; j++)
                {
                    result[i, j] += basis[i, a] * overSecond[a, j];
                }
            }
        }

        return result;
    }
}
