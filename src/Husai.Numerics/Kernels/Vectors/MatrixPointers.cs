using Husai.Numerics.Matrices;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>Addresses of rows, for kernels; the storage never moves, and lives as long as the matrix does.</summary>
internal static unsafe class MatrixPointers
{
    /// <summary>The first element of a row, which is not checked.</summary>
    public static float* RowPointer(this Matrix matrix, int row) => matrix.Pointer + (nint)row * matrix.Stride;
}
