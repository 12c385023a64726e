using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Husai.Analysis.Geometry;

/// <summary>Singular values of small matrices, by MathNet's managed code on one thread: the same bits everywhere.</summary>
internal static class SingularValues
{
    static SingularValues()
    {
        LinearAlgebraControl.UseManaged();
        Control.MaxDegreeOfParallelism = 1;
    }

    /// <summary>The singular values, largest first.</summary>
    public static double[] Of(double[,] matrix) => [.. DenseMatrix.OfArray(matrix).Svd(computeVectors: false).S];
}
