using Husai.Numerics.Decompositions;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Geometry;

/// <summary>
/// A symmetric matrix as Qᵀ B Q with B zero away from its diagonal, by blocks of Householder reflections (Golub and Van Loan 2013, section
/// 5.2.3; Bischof, Lang and Sun 2000): nearly all of it is matrix products, where a tridiagonal form has to read the whole matrix for each
/// column.
/// </summary>
internal sealed class BandedForm
{
    /// <summary>Elements of the band farther than this from the diagonal are zero.</summary>
    public const int Bandwidth = 64;

    private BandedForm(Matrix axes, double[,] band)
    {
        Axes = axes;
        Band = band;
    }

    /// <summary>Q: orthonormal rows, <c>[n, n]</c>.</summary>
    public Matrix Axes { get; }

    /// <summary>B, <c>[n, n]</c>.</summary>
    public double[,] Band { get; }

    /// <summary>Reduces a symmetric matrix, in single precision but for the reflections themselves.</summary>
    /// <param name="matrix"><c>[n, n]</c>; it is overwritten.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static BandedForm Of(Matrix matrix, Workers? workers)
    {
        var n = matrix.Rows;
        var axes = new Matrix(n, n);
        for (var i = 0; i < n; i++)
        {
            axes.Row(i)[i] = 1;
        }

        for (var start = 0; start + Bandwidth < n; start += Bandwidth)
        {
            var first = start + Bandwidth;
            var reflections = ReflectionBlock.Of(matrix.Slice(first, n - first, start, Bandwidth), workers);
            reflections.ApplyToBothSides(matrix.Slice(first, n - first, first, n - first), workers);
            reflections.ApplyTransposed(axes.SliceRows(first, n - first), workers);
        }

        var band = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = Math.Max(0, i - Bandwidth); j <= i; j++)
            {
                band[i, j] = band[j, i] = matrix[i, j];
            }
        }

        return new BandedForm(axes, band);
    }
}
