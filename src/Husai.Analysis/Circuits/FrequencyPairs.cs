namespace Husai.Analysis.Circuits;

/// <summary>
/// How the power of a function over all inputs (a, b) is shared among pairs of frequencies (k, l): those of the waves cos and sin of 2π (k
/// a + l b) / p.
/// </summary>
/// <remarks>
/// (k, l) and (-k, -l) are one wave, so k runs from 0 to (p - 1) / 2 and l over both signs; with k = 0 the power stands at positive l.
/// Functions of a + b lie on l = k, functions of a - b on l = -k, functions of one operand on the axes.
/// </remarks>
internal sealed class FrequencyPairs
{
    // Below this share of all power what is there beside the constant is rounding.
    private const double Rounding = 1e-20;
    private readonly double[,] _shares;

    private FrequencyPairs(int modulus)
    {
        Highest = modulus / 2;
        _shares = new double[Highest + 1, 2 * Highest + 1];
    }

    /// <summary>Highest frequency, (p - 1) / 2.</summary>
    public int Highest { get; }

    /// <summary>Share of the power about the mean, in [0, 1]; 0 everywhere where the function is constant.</summary>
    /// <param name="k">Frequency in a, from 0.</param>
    /// <param name="l">Frequency in b, from -(p - 1) / 2.</param>
    public double this[int k, int l] => _shares[k, l + Highest];

    /// <summary>Reads the shares off the spectrum of a function.</summary>
    /// <param name="map">Values at (a, b), row a after row a - 1; length p².</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <exception cref="ArgumentException">The map does not have p² values.</exception>
    public static FrequencyPairs Of(ReadOnlySpan<float> map, int modulus)
    {
        var cells = GridSpectrum.Of(map, modulus);
        var pairs = new FrequencyPairs(modulus);
        // Without the constant from the start: taken off the sum it would leave the sum's rounding.
        var constant = Square(cells[0, 0]);
        cells[0, 0] = 0;
        var varying = 0.0;
        foreach (var cell in cells)
        {
            varying += Square(cell);
        }

        if (varying > Rounding * (constant + varying))
        {
            for (var k = 0; k <= pairs.Highest; k++)
            {
                for (var l = -pairs.Highest; l <= pairs.Highest; l++)
                {
                    pairs._shares[k, l + pairs.Highest] = Power(cells, k, l) / varying;
                }
            }
        }

        return pairs;
    }

    /// <summary>The pair with the largest share.</summary>
    public (int K, int L) Peak()
    {
        var best = (K: 0, L: 1);
        for (var k = 0; k <= Highest; k++)
        {
            for (var l = -Highest; l <= Highest; l++)
            {
                best = this[k, l] > this[best.K, best.L] ? (k, l) : best;
            }
        }

        return best;
    }

    // cos(x + y) = cos x cos y - sin x sin y and sin(x + y) = sin x cos y + cos x sin y; each product of unit waves is 1 / root 2 of the
    // unit wave of a sum.
    private static double Power(double[,] cells, int k, int l)
    {
        var (i, j) = (2 * k - 1, 2 * Math.Abs(l) - 1);
        return (k, l) switch
        {
            (0, <= 0) => 0,
            (0, _) => Square(cells[0, j]) + Square(cells[0, j + 1]),
            (_, 0) => Square(cells[i, 0]) + Square(cells[i + 1, 0]),
            (_, > 0) => (Square(cells[i, j] - cells[i + 1, j + 1]) + Square(cells[i + 1, j] + cells[i, j + 1])) / 2,
            _ => (Square(cells[i, j] + cells[i + 1, j + 1]) + Square(cells[i + 1, j] - cells[i, j + 1])) / 2,
        };
    }

    private static double Square(double value) => value * value;
}
