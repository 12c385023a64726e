using Husai.Analysis.Circuits;
using Husai.Analysis.Geometry;
using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Causal;

/// <summary>
/// Turns the waves of a + b in activations. The activations carry sum over k of cos(w_k s) C_k + sin(w_k s) S_k, with the regressions C_k
/// and S_k as rows of R. The coordinates are found by least squares, z = x Rᵀ (R Rᵀ)⁺, since planes are not orthogonal; each pair is
/// turned, and the difference is added back along R.
/// </summary>
internal sealed class PlaneRotation
{
    // Directions with less of the largest eigenvalue are rounding error: a wave of rank 1 has one.
    private const double Negligible = 1e-6;

    private readonly FourierPlane[] _planes;
    private readonly FourierWaves _waves;
    private readonly double[] _mean;
    private readonly Matrix _regressions;
    private readonly Matrix _coordinates;

    private PlaneRotation(Circuit circuit, FourierPlane[] planes)
    {
        _planes = planes;
        _waves = new FourierWaves(circuit.Modulus);
        _mean = circuit.Covariance.Mean;
        _regressions = new Matrix(2 * planes.Length, circuit.Covariance.Width);
        for (var plane = 0; plane < planes.Length; plane++)
        {
            var line = planes[plane].Lines.ToList().IndexOf(GridLine.Sum);
            _regressions.SliceRows(2 * plane, 2).CopyFrom(planes[plane].Regressions.SliceRows(2 * line, 2));
        }

        _coordinates = PseudoInverse(_regressions);
    }

    /// <summary>Number of planes that are turned.</summary>
    public int Planes => _planes.Length;

    /// <summary>Null when no plane carries a wave of a + b.</summary>
    public static PlaneRotation? Of(Circuit circuit)
    {
        var planes = circuit.Planes.Where(plane => plane.Lines.Contains(GridLine.Sum)).ToArray();
        return planes.Length == 0 ? null : new PlaneRotation(circuit, planes);
    }

    /// <summary>A turned copy.</summary>
    /// <param name="activations"><c>[rows, width]</c>.</param>
    /// <param name="steps">For each plane by how many w_k.</param>
    /// <param name="workers">Threads to use.</param>
    public Matrix Turn(Matrix activations, int[] steps, Workers? workers)
    {
        var centred = activations.Clone();
        for (var row = 0; row < centred.Rows; row++)
        {
            var values = centred.Row(row);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(values[i] - _mean[i]);
            }
        }

        var coordinates = new Matrix(centred.Rows, _regressions.Rows);
        MatrixProduct.Multiply(coordinates, centred, _coordinates, ProductForm.ABt, workers: workers);
        for (var row = 0; row < coordinates.Rows; row++)
        {
            ToDifference(coordinates.Row(row), steps);
        }

        var result = activations.Clone();
        MatrixProduct.Multiply(centred, coordinates, _regressions, workers: workers);
        for (var row = 0; row < result.Rows; row++)
        {
            Elementwise.Add(result.Row(row), centred.Row(row));
        }

        return result;
    }

    // From (cos t, sin t) to (cos(t + w) - cos t, sin(t + w) - sin t).
    private void ToDifference(Span<float> coordinates, int[] steps)
    {
        for (var plane = 0; plane < _planes.Length; plane++)
        {
            double cosine = coordinates[2 * plane], sine = coordinates[2 * plane + 1];
            var (cosineOfTurn, sineOfTurn) = (
                _waves.Cosine(_planes[plane].Frequency, steps[plane]), _waves.Sine(_planes[plane].Frequency, steps[plane]));
            coordinates[2 * plane] = (float)(cosine * (cosineOfTurn - 1) - sine * sineOfTurn);
            coordinates[2 * plane + 1] = (float)(sine * (cosineOfTurn - 1) + cosine * sineOfTurn);
        }
    }

    // (R Rᵀ)⁺ R, [rows, width]: the least-squares coordinates of x are its products with these rows.
    private static Matrix PseudoInverse(Matrix rows)
    {
        var gram = new double[rows.Rows, rows.Rows];
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = 0; j < rows.Rows; j++)
            {
                gram[i, j] = Reductions.Dot(rows.Row(i), rows.Row(j));
            }
        }

        var eigen = SymmetricEigen.Of(gram);
        var result = new Matrix(rows.Rows, rows.Columns);
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = 0; j < rows.Rows; j++)
            {
                var inverse = 0.0;
                for (var k = 0; k < rows.Rows && eigen.Values[k] > Negligible * eigen.Values[0]; k++)
                {
                    inverse += eigen.Vectors[k, i] * eigen.Vectors[k, j] / eigen.Values[k];
                }

                Elementwise.MultiplyAdd(result.Row(i), rows.Row(j), (float)inverse);
            }
        }

        return result;
    }
}
