using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations in a file: .npy and .safetensors are mapped, and may be larger than memory; .npz and .pt are read.</summary>
public sealed class StoredActivations : IActivationSource, IDisposable
{
    private readonly MappedRows? _file;
    private readonly IActivationSource _rows;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; its extension tells the format.</param>
    /// <exception cref="InvalidFileException">The file is missing or damaged, or does not hold [rows, width] floats.</exception>
    public StoredActivations(string path)
    {
        _file = ActivationFile.TryOpen(path);
        _rows = _file is null ? new MatrixActivations(ActivationFile.Read(path)) : new MappedActivations(_file);
    }

    /// <inheritdoc/>
    public int Rows => _rows.Rows;

    /// <inheritdoc/>
    public int Width => _rows.Width;

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination) => _rows.CopyRows(rows, destination);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();
}
