using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations in memory.</summary>
/// <param name="activations"><c>[rows, width]</c>.</param>
public sealed class MatrixActivations(Matrix activations) : IActivationSource
{
    /// <inheritdoc/>
    public int Rows => activations.Rows;

    /// <inheritdoc/>
    public int Width => activations.Columns;

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        for (var n = 0; n < rows.Length; n++)
        {
            activations.Row(rows[n]).CopyTo(destination.Row(n));
        }
    }
}
