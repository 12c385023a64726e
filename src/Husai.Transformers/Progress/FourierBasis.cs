using Husai.Numerics.Functions;
using Husai.Numerics.Matrices;

namespace Husai.Transformers.Progress;

/// <summary>
/// The real Fourier basis of functions on Z_p: row 0 is constant, rows 2k-1 and 2k are cos and sin of w_k x with w_k = 2 pi k / p,
/// all of norm 1 (Nanda et al. 2023, section 3). An even p has a last row without partner, which belongs to no frequency.
/// </summary>
internal sealed class FourierBasis
{
    private readonly double[] _cos;
    private readonly double[] _sin;

    public FourierBasis(int modulus)
    {
        Modulus = modulus;
        _cos = new double[modulus];
        _sin = new double[modulus];
        for (var i = 0; i < modulus; i++)
        {
            (_sin[i], _cos[i]) = Transcendental.SinCos(2 * Math.PI * i / modulus);
        }

        Rows = new Matrix(modulus, modulus);
        for (var x = 0; x < modulus; x++)
        {
            Rows[0, x] = (float)(1 / Math.Sqrt(modulus));
            for (var k = 1; k <= Frequencies; k++)
            {
                Rows[2 * k - 1, x] = (float)(Math.Sqrt(2.0 / modulus) * Cos(k, x));
                Rows[2 * k, x] = (float)(Math.Sqrt(2.0 / modulus) * Sin(k, x));
            }

            if (modulus % 2 == 0)
            {
                Rows[modulus - 1, x] = (float)((x % 2 == 0 ? 1 : -1) / Math.Sqrt(modulus));
            }
        }
    }

    public int Modulus { get; }

    /// <summary>Number of frequencies with a plane of their own: k = 1 to this.</summary>
    public int Frequencies => (Modulus - 1) / 2;

    /// <summary>The basis, a function a row, [p, p].</summary>
    public Matrix Rows { get; }

    /// <summary>cos(w_k x).</summary>
    public double Cos(int k, int x) => _cos[(int)((long)k * x % Modulus)];

    /// <summary>sin(w_k x).</summary>
    public double Sin(int k, int x) => _sin[(int)((long)k * x % Modulus)];
}
