using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Husai.Analysis;

/// <summary>Eigenvalues, largest first, and eigenvectors of a symmetric matrix, by MathNet's managed code on one thread so that the bits depend on nothing else.</summary>
public sealed class SymmetricEigen
{
    static SymmetricEigen()
    {
        LinearAlgebraControl.UseManaged();
        Control.MaxDegreeOfParallelism = 1;
    }

    private SymmetricEigen(double[] values, double[,] vectors)
    {
        Values = values;
        Vectors = vectors;
    }

    /// <summary>Eigenvalues, largest first.</summary>
    public double[] Values { get; }

    /// <summary>Unit eigenvectors, one a row, in the order of <see cref="Values"/>; of each the largest component is positive.</summary>
    public double[,] Vectors { get; }

    /// <summary>Decomposes a symmetric matrix.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static SymmetricEigen Of(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var n = matrix.GetLength(0);
        if (n != matrix.GetLength(1))
        {
            throw new ArgumentException($"[{n}, {matrix.GetLength(1)}] is not square", nameof(matrix));
        }

        var decomposition = DenseMatrix.OfArray(matrix).Evd(Symmetricity.Symmetric);
        var values = new double[n];
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            // MathNet sorts from the smallest on.
            values[i] = decomposition.EigenValues[n - 1 - i].Real;
            var vector = decomposition.EigenVectors.Column(n - 1 - i);
            var sign = vector[vector.AbsoluteMaximumIndex()] < 0 ? -1 : 1;
            for (var j = 0; j < n; j++)
            {
                vectors[i, j] = sign * vector[j];
            }
        }

        return new SymmetricEigen(values, vectors);
    }

    /// <summary>Singular values of a small matrix, largest first.</summary>
    internal static double[] SingularValues(double[,] matrix) => [.. DenseMatrix.OfArray(matrix).Svd(computeVectors: false).S];
}
