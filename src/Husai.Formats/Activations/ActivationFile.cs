using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Activations;

/// <summary>
/// Stored activations, [rows, width]: mapped where the file holds plain floats one after another, else read as a whole. Of a tensor with
/// more dimensions, such as [batch, sequence, width], the last is the width.
/// </summary>
internal static class ActivationFile
{
    /// <summary>The name of the activations in files that name their tensors.</summary>
    public const string TensorName = "activations";

    /// <summary>Reads the activations of a .npy, .npz, .pt or .safetensors file, of any float type, into memory.</summary>
    /// <param name="path">The file; its only tensor, or the one called <c>activations</c>, is read.</param>
    /// <exception cref="InvalidFileException">The file is missing or damaged, or does not say which tensor to read.</exception>
    public static Matrix Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".NPY" => Rows(NumpyFile.Read(path)),
            ".NPZ" => Rows(ReadArchive(path)),
            ".PT" => Rows(Only(TorchFile.Read(path))),
            ".SAFETENSORS" => Rows(Only(SafetensorsFile.Read(path))),
            _ => throw new InvalidFileException(
                path, $"has the extension '{Path.GetExtension(path)}'; activations are .npy, .npz, .pt or .safetensors"),
        };
    }

    /// <summary>Maps a .npy file, or a tensor of a .safetensors file.</summary>
    /// <param name="path">The file; the extension tells which of the two it is.</param>
    /// <param name="tensor">The tensor's name in a .safetensors file; null for its only one, or the one called <c>activations</c>.</param>
    /// <exception cref="InvalidFileException">
    /// The file is missing or damaged, or does not hold row-major little-endian floats with two or more dimensions.
    /// </exception>
    public static MappedRows Open(string path, string? tensor = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var extension = Path.GetExtension(path);
        return TryOpen(path, tensor) ?? throw new InvalidFileException(
            path,
            extension.Equals(".npy", StringComparison.OrdinalIgnoreCase)
                ? "is big-endian or column-major; save numpy.ascontiguousarray(x, dtype='<f4')"
                : $"has the extension '{extension}'; activations are .npy or .safetensors");
    }

    /// <summary>
    /// As <see cref="Open"/>, or null where the file is of another kind, or a .npy file in another order: <see cref="Read"/> may take it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="tensor">The tensor's name in a .safetensors file.</param>
    /// <exception cref="InvalidFileException">
    /// The file is missing or damaged, or does not hold floats with two or more dimensions.
    /// </exception>
    public static MappedRows? TryOpen(string path, string? tensor = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var extension = Path.GetExtension(path).ToUpperInvariant();
        if (extension is not (".NPY" or ".SAFETENSORS"))
        {
            return null;
        }

        var stream = InputFile.Open(path);
        MappedRows? rows = null;
        try
        {
            return rows = extension == ".NPY" ? OpenNumpy(stream, path) : OpenSafetensors(stream, path, tensor);
        }
        finally
        {
            if (rows is null)
            {
                stream.Dispose();
            }
        }
    }

    // Only the array itself: what lies beside it, such as texts and labels, does not matter.
    private static NamedTensor ReadArchive(string path)
    {
        var names = NumpyArchive.ReadNames(path);
        var name = NameAmong(names);
        return names.Contains(name)
            ? NumpyArchive.Read(path, [name]).Require(name)
            : throw NoneCalled(path, name, names);
    }

    private static InvalidFileException NoneCalled(string path, string name, IReadOnlyList<string> names)
    {
        var shown = string.Join(", ", names.Take(8)) + (names.Count > 8 ? ", ..." : "");
        return new InvalidFileException(path, names.Count == 0
            ? "holds no tensors" : $"holds {names.Count} tensors ({shown}), none of them called '{name}'");
    }

    private static NamedTensor Only(TensorFile file) =>
        file.Require(NameAmong([.. file.Tensors.Keys]));

    // The only tensor may have any name.
    private static string NameAmong(IReadOnlyList<string> names) => names is [var only] ? only : TensorName;

    private static MappedRows? OpenNumpy(FileStream stream, string path)
    {
        var header = NumpyHeader.Read(stream, path);
        var isMappable = !header.BigEndian && (!header.FortranOrder || header.Shape.Length < 2);
        return isMappable ? Map(stream, path, stream.Position, header.Type, header.Shape) : null;
    }

    private static MappedRows OpenSafetensors(FileStream stream, string path, string? tensor)
    {
        var header = SafetensorsHeader.Read(stream, path);
        var name = tensor ?? NameAmong([.. header.Entries.Select(entry => entry.Name)]);
        if (header.Entries.Where(entry => entry.Name == name).ToList() is not [var found])
        {
            throw NoneCalled(path, name, [.. header.Entries.Select(entry => entry.Name)]);
        }

        return Map(stream, path, header.DataStart + (long)found.Begin, found.Type, found.Shape);
    }

    private static MappedRows Map(FileStream stream, string path, long offset, TensorType type, long[] shape) =>
        !type.IsFloat() || shape.Length < 2 || shape[^1] > int.MaxValue / type.Size()
            ? throw new InvalidFileException(
                path, $"holds {type} of shape {TensorTypes.Print(shape)}; activations are floats of shape [rows, width]")
            : new MappedRows(stream, offset, type, RowsOf(shape), (int)shape[^1]);

    // [batch, sequence, width] is batch * sequence rows: a tensor is row-major.
    private static Matrix Rows(NamedTensor tensor) => tensor.Shape.Count > 2
        ? new NamedTensor(tensor.Name, tensor.Type, [RowsOf(tensor.Shape), tensor.Shape[^1]], tensor.Data).ToMatrix()
        : tensor.ToMatrix();

    private static long RowsOf(IReadOnlyList<long> shape) => shape.Take(shape.Count - 1).Aggregate(1L, (rows, size) => rows * size);
}
