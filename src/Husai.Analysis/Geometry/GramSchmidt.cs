using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Geometry;

/// <summary>Orthonormal bases.</summary>
internal static class GramSchmidt
{
    /// <summary>Orthonormalises rows in order, twice over for accuracy.</summary>
    /// <param name="rows"><c>[count, width]</c>, linearly independent.</param>
    /// <returns><c>[count, width]</c>, orthonormal rows that span the same flag of subspaces.</returns>
    public static Matrix Orthonormalise(Matrix rows)
    {
        var basis = new double[rows.Rows][];
        var result = new Matrix(rows.Rows, rows.Columns);
        for (var index = 0; index < rows.Rows; index++)
        {
            var vector = Array.ConvertAll(rows.Row(index).ToArray(), value => (double)value);
            RemoveSpan(vector, basis.AsSpan(0, index));
            RemoveSpan(vector, basis.AsSpan(0, index));
            var norm = Math.Sqrt(InnerProduct.InOrder(vector, vector));
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] /= norm;
                result.Row(index)[i] = (float)vector[i];
            }

            basis[index] = vector;
        }

        return result;
    }

    public static void RemoveSpan(double[] vector, ReadOnlySpan<double[]> basis)
    {
        foreach (var direction in basis)
        {
            var along = InnerProduct.InOrder(vector, direction);
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] -= along * direction[i];
            }
        }
    }
}
