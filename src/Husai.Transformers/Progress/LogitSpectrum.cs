using Husai.Numerics.Matrices;

namespace Husai.Transformers.Progress;

/// <summary>
/// The part of the logits that depends on s = a + b (or a - b) through cos and sin of w_k s: "sum directions" u_k, v_k on the grid
/// of inputs (Nanda et al. 2023, section 4 and appendix C).
/// </summary>
internal sealed class LogitSpectrum
{
    /// <summary>Share of the sum directions' power above which a frequency is a key frequency.</summary>
    private const double KeyShare = 0.02;

    private readonly FourierBasis _basis;
    private readonly double[] _means;

    // u_k^T L and v_k^T L for each class, [frequency, class].
    private readonly double[,] _cos;
    private readonly double[,] _sin;

    /// <summary>Takes the spectrum.</summary>
    /// <param name="basis">The basis of Z_p.</param>
    /// <param name="logits">[p², p].</param>
    /// <param name="sums">s of each input.</param>
    public LogitSpectrum(FourierBasis basis, Matrix logits, int[] sums)
    {
        _basis = basis;
        var p = basis.Modulus;
        var (bySum, squares) = SumOverDiagonals(logits, sums, p);
        _means = new double[p];
        for (var c = 0; c < p; c++)
        {
            for (var s = 0; s < p; s++)
            {
                _means[c] += bySum[s, c];
            }

            _means[c] /= (double)p * p;
        }

        CentredPower = squares - (double)p * p * _means.Sum(mean => mean * mean);
        (_cos, _sin) = (new double[basis.Frequencies + 1, p], new double[basis.Frequencies + 1, p]);
        SumPowers = new double[basis.Frequencies + 1];
        CosineCoefficients = new double[basis.Frequencies + 1];
        for (var k = 1; k <= basis.Frequencies; k++)
        {
            Project(k, bySum);
        }

        var total = SumPowers.Sum();
        KeyFrequencies = [.. Enumerable.Range(1, basis.Frequencies).Where(k => SumPowers[k] > KeyShare * total)];
    }

    /// <summary>Squared norm of the logits less their mean over the inputs.</summary>
    public double CentredPower { get; }

    /// <summary>||u_k^T L||² + ||v_k^T L||², by frequency.</summary>
    public double[] SumPowers { get; }

    /// <summary>Inner product of the logits with cos(w_k(s - c)) of norm 1, by frequency.</summary>
    public double[] CosineCoefficients { get; }

    /// <summary>The frequencies that hold more than 2% of all sum directions' power.</summary>
    public int[] KeyFrequencies { get; }

    /// <summary>Share of the centred logits' power in the sum directions of the key frequencies.</summary>
    public double SumShare => KeyFrequencies.Sum(k => SumPowers[k]) / CentredPower;

    /// <summary>Share of the centred logits' power that is a combination of cos(w_k(s - c)) over the key frequencies.</summary>
    public double CosineShare => KeyFrequencies.Sum(k => CosineCoefficients[k] * CosineCoefficients[k]) / CentredPower;

    /// <summary>The logits restricted to the key frequencies' sum directions and the mean, a row for each s, [p, p].</summary>
    public Matrix Restricted()
    {
        var p = _basis.Modulus;
        var result = new Matrix(p, p);
        for (var s = 0; s < p; s++)
        {
            for (var c = 0; c < p; c++)
            {
                result[s, c] = (float)(_means[c] + KeyPart(s, c));
            }
        }

        return result;
    }

    /// <summary>The logits of some inputs less the key frequencies' sum directions.</summary>
    public Matrix Excluded(Matrix logits, int[] sums, ReadOnlySpan<int> inputs)
    {
        var p = _basis.Modulus;
        var part = new double[p, p];
        for (var s = 0; s < p; s++)
        {
            for (var c = 0; c < p; c++)
            {
                part[s, c] = KeyPart(s, c);
            }
        }

        var result = new Matrix(inputs.Length, p);
        for (var row = 0; row < inputs.Length; row++)
        {
            var source = logits.Row(inputs[row]);
            var target = result.Row(row);
            for (var c = 0; c < p; c++)
            {
                target[c] = (float)(source[c] - part[sums[inputs[row]], c]);
            }
        }

        return result;
    }

    private static (double[,] BySum, double Squares) SumOverDiagonals(Matrix logits, int[] sums, int p)
    {
        var bySum = new double[p, p];
        var squares = 0.0;
        for (var input = 0; input < logits.Rows; input++)
        {
            var row = logits.Row(input);
            for (var c = 0; c < p; c++)
            {
                bySum[sums[input], c] += row[c];
                squares += (double)row[c] * row[c];
            }
        }

        return (bySum, squares);
    }

    private void Project(int k, double[,] bySum)
    {
        var p = _basis.Modulus;

        // The norm of cos(w_k(a + b)) over the p x p grid is p / sqrt 2; that of cos(w_k(a + b - c)) over (a, b, c) is sqrt(p³/2).
        var norm = p / Math.Sqrt(2);
        for (var c = 0; c < p; c++)
        {
            var (cos, sin) = (0.0, 0.0);
            for (var s = 0; s < p; s++)
            {
                cos += _basis.Cos(k, s) * bySum[s, c];
                sin += _basis.Sin(k, s) * bySum[s, c];
            }

            (_cos[k, c], _sin[k, c]) = (cos / norm, sin / norm);
            SumPowers[k] += _cos[k, c] * _cos[k, c] + _sin[k, c] * _sin[k, c];
            CosineCoefficients[k] += (_basis.Cos(k, c) * cos + _basis.Sin(k, c) * sin) / Math.Sqrt((double)p * p * p / 2);
        }
    }

    private double KeyPart(int s, int c)
    {
        var norm = _basis.Modulus / Math.Sqrt(2);
        var sum = 0.0;
        foreach (var k in KeyFrequencies)
        {
            sum += (_basis.Cos(k, s) * _cos[k, c] + _basis.Sin(k, s) * _sin[k, c]) / norm;
        }

        return sum;
    }
}
