using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Geometry;

/// <summary>The subspace that given vectors span.</summary>
internal static class OrthonormalSpan
{
    private const double Dependent = 1e-6;

    /// <summary>An orthonormal basis of the rows' span; rows that depend on earlier ones add nothing.</summary>
    public static Matrix Of(Matrix rows)
    {
        var basis = new List<double[]>();
        for (var index = 0; index < rows.Rows; index++)
        {
            var vector = Array.ConvertAll(rows.Row(index).ToArray(), value => (double)value);
            var length = InnerProduct.InOrder(vector, vector);
            var known = basis.ToArray();
            GramSchmidt.RemoveSpan(vector, known);
            GramSchmidt.RemoveSpan(vector, known);
            var rest = InnerProduct.InOrder(vector, vector);
            if (rest > Dependent * length)
            {
                var norm = Math.Sqrt(rest);
                basis.Add(Array.ConvertAll(vector, value => value / norm));
            }
        }

        var result = new Matrix(basis.Count, rows.Columns);
        for (var index = 0; index < basis.Count; index++)
        {
            for (var i = 0; i < rows.Columns; i++)
            {
                result.Row(index)[i] = (float)basis[index][i];
            }
        }

        return result;
    }
}
