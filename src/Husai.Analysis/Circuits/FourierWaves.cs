using Husai.Numerics.Functions;

namespace Husai.Analysis.Circuits;

/// <summary>The waves cos(2 pi k x / p) and sin(2 pi k x / p) over the residues x of an odd modulus p, k = 1 .. (p - 1) / 2.</summary>
internal sealed class FourierWaves
{
    private readonly double[] _cosine;
    private readonly double[] _sine;

    /// <summary>Tabulates the waves.</summary>
    /// <param name="modulus">Odd, at least 3.</param>
    /// <exception cref="ArgumentException">The modulus is even or below 3.</exception>
    public FourierWaves(int modulus)
    {
        if (modulus < 3 || modulus % 2 == 0)
        {
            throw new ArgumentException($"modulus {modulus}: an odd one of at least 3 is needed", nameof(modulus));
        }

        Modulus = modulus;
        _cosine = new double[modulus];
        _sine = new double[modulus];
        for (var i = 0; i < modulus; i++)
        {
            (_sine[i], _cosine[i]) = Transcendental.SinCos(2 * Math.PI * i / modulus);
        }
    }

    /// <summary>The modulus p.</summary>
    public int Modulus { get; }

    /// <summary>Number of frequencies, (p - 1) / 2; k and p - k are the same one.</summary>
    public int Frequencies => Modulus / 2;

    /// <summary>cos(2 pi k x / p).</summary>
    public double Cosine(int frequency, int x) => _cosine[(int)((long)frequency * x % Modulus)];

    /// <summary>sin(2 pi k x / p).</summary>
    public double Sine(int frequency, int x) => _sine[(int)((long)frequency * x % Modulus)];

    /// <summary>cos(2 pi x / p) of each residue x.</summary>
    internal ReadOnlySpan<double> Cosines => _cosine;

    /// <summary>sin(2 pi x / p) of each residue x.</summary>
    internal ReadOnlySpan<double> Sines => _sine;

    /// <summary>The frequency in 1 .. (p - 1) / 2 of a multiple: k and p - k are the same one.</summary>
    public int Fold(int multiple)
    {
        var residue = multiple % Modulus;
        return Math.Min(residue, Modulus - residue);
    }

    /// <summary>
    /// The orthonormal Fourier basis of functions of x: row 0 constant, row 2k-1 the cosine and row 2k the sine of frequency k (Nanda et
    /// al. 2023, section 4.1).
    /// </summary>
    /// <returns><c>[p, p]</c>.</returns>
    public double[,] Basis()
    {
        var basis = new double[Modulus, Modulus];
        var scale = Math.Sqrt(2.0 / Modulus);
        for (var x = 0; x < Modulus; x++)
        {
            basis[0, x] = 1 / Math.Sqrt(Modulus);
            for (var k = 1; k <= Frequencies; k++)
            {
                basis[2 * k - 1, x] = scale * Cosine(k, x);
                basis[2 * k, x] = scale * Sine(k, x);
            }
        }

        return basis;
    }
}
