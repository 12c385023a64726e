using Husai.Numerics.Matrices;

namespace Husai.Transformers.Computation.Kernels;

/// <summary>Memory of a matrix that is kept between passes and grows when a larger batch comes.</summary>
internal sealed class GrowingMatrix
{
    private Matrix _storage = new(0, 0);

    /// <summary>A matrix of this shape; what it holds is undefined.</summary>
    public Matrix View(int rows, int columns)
    {
        if ((long)_storage.Rows * _storage.Columns < (long)rows * columns)
        {
            _storage = new Matrix(rows, columns);
        }

        return _storage.Reshape(1, _storage.Rows * _storage.Columns).SliceColumns(0, rows * columns).Reshape(rows, columns);
    }
}
