using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations as a training sees them whose inputs are whitened.</summary>
internal sealed class WhitenedActivations(IActivationSource source, InputWhitening whitening) : IActivationSource
{
    [ThreadStatic]
    private static Matrix? _buffer;

    public int Rows => source.Rows;

    public int Width => source.Width;

    public int BlockRows => source.BlockRows;

    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination)
    {
        if (_buffer is null || _buffer.Columns != Width || _buffer.Rows < rows.Length)
        {
            _buffer = new Matrix(rows.Length, Width);
        }

        var copied = _buffer.SliceRows(0, rows.Length);
        source.CopyRows(rows, copied);
        whitening.Map(destination, copied);
    }
}
