using Husai.Numerics.Kernels;

namespace Husai.Numerics.Decompositions;

/// <summary>
/// Reflections I - scale v vᵀ that take a vector onto an axis (Golub and Van Loan 2013, section 5.1), in double precision.
/// </summary>
internal static class Householder
{
    /// <summary>The reflection of a row's part from <paramref name="start"/> on that leaves only its first element.</summary>
    /// <returns>v, zero before <paramref name="start"/>; 2 / vᵀv, or 0 where nothing is to be reflected; and the first element of the
    /// image.</returns>
    public static (double[] Normal, double Scale, double Image) Reflection(double[] row, int start)
    {
        var normal = new double[row.Length];
        Array.Copy(row, start, normal, start, row.Length - start);
        var norm = Math.Sqrt(Dot(normal, normal, start));
        if (norm == 0 || start == row.Length - 1)
        {
            return (normal, 0, row[start]);
        }

        var image = normal[start] > 0 ? -norm : norm;
        normal[start] -= image;
        var square = Dot(normal, normal, start);
        return square == 0 ? (normal, 0, row[start]) : (normal, 2 / square, image);
    }

    /// <summary>Inner product from <paramref name="start"/> on.</summary>
    public static double Dot(double[] left, double[] right, int start) =>
        InnerProduct.InSixteenLanes(left.AsSpan(start), right.AsSpan(start));
}
