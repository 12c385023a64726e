using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Geometry;

/// <summary>Main directions of few rows in a wide space, by their small Gram matrix.</summary>
internal static class SubspaceOfRows
{
    private const double Negligible = 1e-12;

    /// <summary>The top right singular vectors of the rows, fewer if the rows have smaller rank.</summary>
    public static double[][] Top(Matrix rows, int dimension)
    {
        if (rows.Rows > rows.Columns)
        {
            var vectors = Subspace.Top(rows, dimension);
            return [.. Enumerable.Range(0, dimension).Select(i => Enumerable.Range(0, rows.Columns).Select(j => vectors[i, j]).ToArray())];
        }

        var gram = new double[rows.Rows, rows.Rows];
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = 0; j < rows.Rows; j++)
            {
                gram[i, j] = Reductions.Dot(rows.Row(i), rows.Row(j));
            }
        }

        var eigen = SymmetricEigen.Of(gram);
        var result = new List<double[]>();
        for (var k = 0; k < Math.Min(dimension, rows.Rows) && eigen.Values[k] > Negligible * eigen.Values[0]; k++)
        {
            var vector = new double[rows.Columns];
            for (var i = 0; i < rows.Rows; i++)
            {
                var weight = eigen.Vectors[k, i] / Math.Sqrt(eigen.Values[k]);
                for (var j = 0; j < vector.Length; j++)
                {
                    vector[j] += weight * rows.Row(i)[j];
                }
            }

            result.Add(vector);
        }

        return [.. result];
    }
}
