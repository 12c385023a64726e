using Husai.Formats.Activations;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations in a file that is mapped, not read: it may be larger than memory.</summary>
/// <param name="file">The open file; the caller disposes it.</param>
/// <exception cref="ArgumentException">There are more rows than can be numbered.</exception>
internal sealed class MappedActivations(MappedRows file) : IActivationSource
{
    /// <inheritdoc/>
    public int Rows { get; } = file.Rows <= Array.MaxLength ? (int)file.Rows
        : throw new ArgumentException(
            $"{file.Rows} rows are more than the {Array.MaxLength} that can be shuffled; split the file", nameof(file));

    /// <inheritdoc/>
    public int Width => file.Width;

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        for (var n = 0; n < rows.Length; n++)
        {
            file.CopyTo(rows[n], destination.SliceRows(n, 1));
        }
    }
}
