using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Transformers.Progress;

/// <summary>
/// Which frequency each neuron computes with: the share of its variance over all inputs in the 8 cells of the two-dimensional
/// Fourier transform that use one frequency in a, in b, or in both (Nanda et al. 2023, section 4.2).
/// </summary>
internal sealed class NeuronSpectrum
{
    /// <summary>Share from which a neuron counts as one of a single frequency.</summary>
    public const double SingleFrequencyShare = 0.85;

    /// <summary>Takes the spectra.</summary>
    /// <param name="basis">The basis of Z_p.</param>
    /// <param name="hidden">[p², neurons], contiguous.</param>
    /// <param name="workers">Threads to use.</param>
    public NeuronSpectrum(FourierBasis basis, Matrix hidden, Workers workers)
    {
        var (p, neurons) = (basis.Modulus, hidden.Columns);
        Frequencies = new int[neurons];
        Shares = new double[neurons];

        // Transform along a; of the transform along b, only the cells that count are needed.
        var alongA = new Matrix(p, p * neurons);
        MatrixProduct.Multiply(alongA, basis.Rows, hidden.Reshape(p, p * neurons), workers: workers);
        var constantInA = new Matrix(p, neurons);
        MatrixProduct.Multiply(constantInA, basis.Rows, alongA.SliceRows(0, 1).Reshape(p, neurons), workers: workers);
        var variance = Variances(hidden, constantInA.Row(0));
        var cells = new Matrix(3, neurons);
        var rows = new Matrix(3, p);
        var power = new double[neurons];
        for (var k = 1; k <= basis.Frequencies; k++)
        {
            Array.Clear(power);
            AddSquares(power, constantInA.SliceRows(2 * k - 1, 2));
            rows.SliceRows(0, 1).CopyFrom(basis.Rows.SliceRows(0, 1));
            rows.SliceRows(1, 2).CopyFrom(basis.Rows.SliceRows(2 * k - 1, 2));
            foreach (var row in (int[])[2 * k - 1, 2 * k])
            {
                MatrixProduct.Multiply(cells, rows, alongA.SliceRows(row, 1).Reshape(p, neurons), workers: workers);
                AddSquares(power, cells);
            }

            for (var neuron = 0; neuron < neurons; neuron++)
            {
                if (variance[neuron] > 0 && power[neuron] / variance[neuron] > Shares[neuron])
                {
                    (Frequencies[neuron], Shares[neuron]) = (k, power[neuron] / variance[neuron]);
                }
            }
        }
    }

    /// <summary>The frequency that explains most of each neuron; 0 for a neuron that never changes.</summary>
    public int[] Frequencies { get; }

    /// <summary>The share of each neuron's variance at its frequency.</summary>
    public double[] Shares { get; }

    /// <summary>Share of all neurons that have a single frequency.</summary>
    public double SingleFrequency => (double)Shares.Count(share => share >= SingleFrequencyShare) / Shares.Length;

    // Total power less that of the constant.
    private static double[] Variances(Matrix hidden, ReadOnlySpan<float> constants)
    {
        var variance = new double[hidden.Columns];
        AddSquares(variance, hidden);
        for (var neuron = 0; neuron < variance.Length; neuron++)
        {
            var total = variance[neuron];
            variance[neuron] -= (double)constants[neuron] * constants[neuron];

            // What is left of a constant neuron is rounding.
            if (variance[neuron] < 1e-9 * total)
            {
                variance[neuron] = 0;
            }
        }

        return variance;
    }

    private static void AddSquares(double[] sums, Matrix matrix)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            var values = matrix.Row(row);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += (double)values[i] * values[i];
            }
        }
    }
}
