using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>
/// Activations in a store, a file, or several files: stores, .npy and .safetensors may be larger than memory; .npz and .pt are read into
/// it.
/// </summary>
public sealed class StoredActivations : IActivationSource, IDisposable
{
    private readonly IDisposable? _opened;
    private readonly IActivationSource _rows;

    /// <summary>Opens a store or files.</summary>
    /// <param name="path">The folder of a store, or what <see cref="ActivationPath"/> takes; extensions tell the formats.</param>
    /// <exception cref="InvalidFileException">A file is missing or damaged, or does not hold [rows, width] floats.</exception>
    public StoredActivations(string path)
    {
        if (StoreDescription.IsStore(path))
        {
            var store = ActivationStore.Open(path);
            (_opened, _rows) = (store, new StoreActivations(store));
            return;
        }

        var files = ActivationPath.FilesOf(path);
        if (files.Count > 1)
        {
            var joined = JoinedActivations.Of(files.Select(file => (file, (Func<IActivationSource>)(() => new StoredActivations(file)))));
            (_opened, _rows) = (joined, joined);
            return;
        }

        var file = ActivationFile.TryOpen(files[0]);
        (_opened, _rows) = (file, file is null ? new MatrixActivations(ActivationFile.Read(files[0])) : new MappedActivations(file));
    }

    private StoredActivations(IActivationSource rows) => _rows = rows;

    /// <summary>Activations that are in memory in pieces.</summary>
    /// <param name="path">Where they come from, for messages.</param>
    /// <param name="pieces">The pieces, at least one, whose rows follow each other.</param>
    /// <exception cref="InvalidFileException">The pieces have different widths, or there are none.</exception>
    public static StoredActivations InMemory(string path, IEnumerable<Matrix> pieces)
    {
        var joined = JoinedActivations.Of(
            pieces.Select(piece => (path, (Func<IActivationSource>)(() => new MatrixActivations(piece)))));
        return joined.Rows > 0 ? new StoredActivations(joined) : throw new InvalidFileException(path, "holds no rows");
    }

    /// <inheritdoc/>
    public int Rows => _rows.Rows;

    /// <inheritdoc/>
    public int Width => _rows.Width;

    /// <inheritdoc/>
    public int BlockRows => _rows.BlockRows;

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination) => _rows.CopyRows(rows, destination);

    /// <summary>Closes the file or store.</summary>
    public void Dispose() => _opened?.Dispose();
}
