using Husai.Numerics;

namespace Husai.Reporting;

/// <summary>Power of a p x p map at every pair of frequencies.</summary>
/// <remarks>
/// F(k, l) = Σ f(a, b) exp(-2πi (k a + l b) / p). Since f is real, k runs from 0 to (p - 1) / 2 and l over both signs: functions
/// of a + b lie on l = k, functions of a - b on l = -k, functions of one operand on the axes.
/// </remarks>
internal sealed class GridSpectrum
{
    private readonly double[,] _power;

    public GridSpectrum(IReadOnlyList<float> map, int size)
    {
        Size = size;
        Half = (size - 1) / 2;
        _power = Compute(map, size, Half);
    }

    /// <summary>p.</summary>
    public int Size { get; }

    /// <summary>Highest frequency, (p - 1) / 2.</summary>
    public int Half { get; }

    /// <summary>Share of the power without the constant, at k from 0 and l from -(p - 1) / 2.</summary>
    public double this[int k, int l] => _power[k, l + Half];

    /// <summary>The pair of frequencies with the most power.</summary>
    public (int K, int L) Peak()
    {
        var best = (K: 0, L: 1);
        for (var k = 0; k <= Half; k++)
        {
            for (var l = -Half; l <= Half; l++)
            {
                best = this[k, l] > this[best.K, best.L] ? (k, l) : best;
            }
        }

        return best;
    }

    private static double[,] Compute(IReadOnlyList<float> map, int size, int half)
    {
        var table = Enumerable.Range(0, size).Select(step => Transcendental.SinCos(2 * Math.PI * step / size)).ToArray();
        var rows = new (double Re, double Im)[size, (2 * half) + 1];
        for (var a = 0; a < size; a++)
        {
            for (var l = -half; l <= half; l++)
            {
                var (re, im) = (0.0, 0.0);
                for (var b = 0; b < size; b++)
                {
                    var (sin, cos) = table[(((l * b) % size) + size) % size];
                    re += map[(a * size) + b] * cos;
                    im -= map[(a * size) + b] * sin;
                }

                rows[a, l + half] = (re, im);
            }
        }

        return Shares(rows, table, size, half);
    }

    private static double[,] Shares((double Re, double Im)[,] rows, (double Sin, double Cos)[] table, int size, int half)
    {
        var power = new double[half + 1, (2 * half) + 1];
        var total = 0.0;
        for (var k = 0; k <= half; k++)
        {
            for (var l = 0; l <= 2 * half; l++)
            {
                var (re, im) = (0.0, 0.0);
                for (var a = 0; a < size; a++)
                {
                    var (sin, cos) = table[k * a % size];
                    re += (rows[a, l].Re * cos) + (rows[a, l].Im * sin);
                    im += (rows[a, l].Im * cos) - (rows[a, l].Re * sin);
                }

                power[k, l] = k == 0 && l == half ? 0 : (re * re) + (im * im);
                total += power[k, l];
            }
        }

        for (var index = 0; index < power.Length; index++)
        {
            power[index / ((2 * half) + 1), index % ((2 * half) + 1)] /= total > 0 ? total : 1;
        }

        return power;
    }
}
